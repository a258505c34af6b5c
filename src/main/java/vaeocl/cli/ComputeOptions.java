package vaeocl.cli;

import picocli.CommandLine.Mixin;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;

/** Where a command computes: device and kernels. */
final class ComputeOptions {
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;

  /** Whether the user named a device. */
  boolean given() {
    return device.given();
  }

  DeviceBackend open() {
    ClDevice chosen = device.select();
    return new DeviceBackend(chosen, kernels.source(), kernels.tiling(chosen.info()), Mode.NORMAL);
  }
}
