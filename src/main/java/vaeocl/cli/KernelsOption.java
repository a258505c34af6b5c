package vaeocl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import vaeocl.opencl.device.KernelSource;

/** {@code --kernels}: where the kernels come from. */
final class KernelsOption {
  @Option(
      names = "--kernels",
      paramLabel = "DIR",
      description = "Read the kernels from this folder instead of the packed ones.")
  private Path kernels;

  KernelSource source() {
    if (kernels == null) {
      return KernelSource.packed();
    }
    if (!Files.isDirectory(kernels)) {
      throw new UserError("--kernels " + kernels + " is not a folder");
    }
    return KernelSource.folder(kernels);
  }
}
