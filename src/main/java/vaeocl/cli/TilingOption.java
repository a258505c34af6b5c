package vaeocl.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vaeocl.api.DeviceSetup;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** {@code --tiling} and {@code --kernels}: which kernels run, and how they cut the work. */
final class TilingOption {
  @Option(
      names = "--tiling",
      paramLabel = "cpu|gpu|plain",
      description =
          "Kernels made for CPUs, for GPUs, or the plain formulas; the device's kind decides by"
              + " default.")
  private Tilings tiling;

  @Mixin private KernelsOption kernels;

  Tiling tiling(DeviceInfo device) {
    return (tiling == null ? Tilings.suiting(device) : tiling).of(device);
  }

  /** A device with these kernels. */
  DeviceSetup of(ClDevice device) {
    return DeviceSetup.of(device).withKernels(kernels.source()).withTiling(tiling(device.info()));
  }

  KernelSource source() {
    return kernels.source();
  }
}
