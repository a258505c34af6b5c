package vaeocl.cli;

import picocli.CommandLine.Mixin;
import vaeocl.model.SavedModel;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;

/** Where a command computes: device and kernels. */
final class ComputeOptions {
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private SelfTestOption selfTest;

  /** Whether the user named a device. */
  boolean given() {
    return device.given();
  }

  /**
   * The device, for work with a model.
   *
   * @throws UserError if the model cannot fit
   */
  DeviceBackend open(SavedModel model) {
    ClDevice chosen = device(model);
    DeviceBackend backend =
        new DeviceBackend(chosen, kernels.source(), kernels.tiling(chosen.info()), Mode.NORMAL);
    selfTest.with(kernels.origin(), false).guard(backend);
    return backend;
  }

  /** As above, of one model after another. */
  DeviceBackend open(SavedModel model, OpenDevices devices) {
    ClDevice chosen = device(model);
    selfTest.with(kernels.origin(), false);
    return devices.backend(chosen, kernels.source(), kernels.tiling(chosen.info()), selfTest);
  }

  private ClDevice device(SavedModel model) {
    ClDevice chosen = device.select();
    Memory.of(chosen.info()).requireCoding(model);
    return chosen;
  }
}
