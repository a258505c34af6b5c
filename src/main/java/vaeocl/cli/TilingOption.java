package vaeocl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** {@code --tiling} and {@code --kernels}: which kernels run, and how they cut the work. */
final class TilingOption {
  /** What config.json calls the kernels in the jar. */
  static final String PACKED = "packed";

  @Option(
      names = "--tiling",
      paramLabel = "cpu|gpu|plain",
      description =
          "Kernels made for CPUs, for GPUs, or the plain formulas; the device's kind decides by"
              + " default.")
  private Tilings tiling;

  @Option(
      names = "--kernels",
      paramLabel = "DIR",
      description = "Read the kernels from this folder instead of the packed ones.")
  private Path kernels;

  Tiling tiling(DeviceInfo device) {
    return (tiling == null ? Tilings.suiting(device) : tiling).of(device);
  }

  /** Where the kernels come from, for config.json. */
  String origin() {
    return kernels == null ? PACKED : kernels.toAbsolutePath().normalize().toString();
  }

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
