package vaeocl.cli;

import picocli.CommandLine.Mixin;
import vaeocl.api.Device;
import vaeocl.api.DeviceSetup;
import vaeocl.model.SavedModel;
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
  Device open(SavedModel model) {
    return selfTest.said(setup(model).open());
  }

  /** As above, of one model after another. */
  Device open(SavedModel model, OpenDevices devices) {
    return selfTest.said(devices.open(setup(model)));
  }

  private DeviceSetup setup(SavedModel model) {
    ClDevice chosen = device.select();
    Memory.of(chosen.info()).requireCoding(model);
    return selfTest.of(kernels.of(chosen), false);
  }
}
