package vaeocl;

import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;

/** The one driver that tests use in their own process: it is a CPU's, and loads anywhere. */
public final class Pocl {
  private Pocl() {}

  /** PoCL's device; without PoCL the test is skipped. */
  public static ClDevice device() {
    ChildJvm.needs(ChildJvm.POCL);
    return Devices.select("Portable Computing Language");
  }
}
