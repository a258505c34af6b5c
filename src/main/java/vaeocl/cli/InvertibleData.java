package vaeocl.cli;

import picocli.CommandLine.Option;

/** {@link DataOption} where nothing else says whether to invert images. */
final class InvertibleData extends DataOption {
  @Option(
      names = "--invert",
      description = "Take the images of --data with white for black, as MNIST's ink is white.")
  private boolean invert;

  @Override
  boolean inverted() {
    return invert;
  }
}
