package vaeocl.opencl.device;

import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * A device that can be opened: its description for everybody, its handles for this package alone.
 * The handles belong to the driver and are valid as long as the process; nothing is to be released.
 */
public final class ClDevice {
  private final DeviceInfo info;
  private final cl_platform_id platform;
  private final cl_device_id id;

  ClDevice(DeviceInfo info, cl_platform_id platform, cl_device_id id) {
    this.info = info;
    this.platform = platform;
    this.id = id;
  }

  /** What the device says about itself. */
  public DeviceInfo info() {
    return info;
  }

  cl_platform_id platform() {
    return platform;
  }

  cl_device_id id() {
    return id;
  }

  @Override
  public String toString() {
    return info.label();
  }
}
