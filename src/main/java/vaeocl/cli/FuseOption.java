package vaeocl.cli;

import picocli.CommandLine.Option;

/** {@code --no-fuse}: whether kernels may carry out several operations at once. */
final class FuseOption {
  @Option(
      names = "--no-fuse",
      description = "Give each operation a kernel of its own instead of fusing several.")
  private boolean single;

  boolean fuse() {
    return !single;
  }
}
