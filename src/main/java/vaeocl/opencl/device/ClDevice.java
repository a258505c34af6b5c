package vaeocl.opencl.device;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
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

  /** CL_DEVICE_SUB_GROUP_SIZES_INTEL of cl_intel_required_subgroup_size. */
  private static final int SUB_GROUP_SIZES_INTEL = 0x4108;

  /** More sizes than any device has. */
  private static final int SUB_GROUPS = 16;

  private final List<DeviceInfo> listed;

  /**
   * @param listed all devices of the listing that it is from, as it grows
   */
  ClDevice(DeviceInfo info, cl_platform_id platform, cl_device_id id, List<DeviceInfo> listed) {
    this.info = info;
    this.platform = platform;
    this.id = id;
    this.listed = Collections.unmodifiableList(listed);
  }

  /** What the device says about itself. */
  public DeviceInfo info() {
    return info;
  }

  /** Its place, from 0, among those of its name on its platform. */
  public int ordinal() {
    return DeviceChoice.ordinal(listed, info);
  }

  /** What {@link Devices#select} takes for this device and no other: its name, else its number. */
  public String spec() {
    return DeviceChoice.spec(listed, info);
  }

  /** Sizes that an Intel device's sub-groups may have, work-items; none of others. */
  public List<Integer> subGroups() {
    if (!info.vendor().contains("Intel")) {
      return List.of();
    }
    long[] sizes = new long[SUB_GROUPS];
    long[] bytes = new long[1];
    int status =
        CL.clGetDeviceInfo(
            id, SUB_GROUP_SIZES_INTEL, (long) SUB_GROUPS * Sizeof.size_t, Pointer.to(sizes), bytes);
    int count = status == CL.CL_SUCCESS ? (int) bytes[0] / Sizeof.size_t : 0;
    return Arrays.stream(sizes).limit(count).mapToInt(size -> (int) size).boxed().toList();
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
