package vaeocl.opencl.plan;

import java.util.HashMap;
import java.util.Map;
import vaeocl.opencl.device.BoundKernel;
import vaeocl.opencl.device.DeviceBuffer;

/** Values by the names that kernels give their arguments; a kernel takes those it has. */
public final class Args {
  private final Map<String, Object> values = new HashMap<>();

  /** A number, or a buffer. */
  public Args with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** A buffer that may be null: the kernel then gets a null pointer. */
  public Args optional(String name, DeviceBuffer buffer) {
    return with(name, buffer == null ? BoundKernel.NULL : buffer);
  }

  Map<String, Object> values() {
    return values;
  }
}
