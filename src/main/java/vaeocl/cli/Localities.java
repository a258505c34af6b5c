package vaeocl.cli;

import vaeocl.locality.Locality;
import vaeocl.opencl.DeviceBackend;

/** The locality that suits a device's kernels. */
final class Localities {
  private static final String PROPERTY = "vaeocl.locality";

  private Localities() {}

  /** None where the property says so, to see what it is worth. */
  static Locality of(DeviceBackend backend) {
    boolean none = "none".equals(System.getProperty(PROPERTY));
    return none ? Locality.NONE : Locality.of(backend.neighbours());
  }
}
