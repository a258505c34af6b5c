package vaeocl.check;

import java.util.HashMap;
import java.util.Map;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Tiling;

/** Forms of the tiling for GPUs that small nets do not have by default. */
final class GpuForms {
  private GpuForms() {}

  /** A device's own with another size. */
  static Tiling with(DeviceInfo device, String size, int value) {
    Map<String, Integer> sizes = new HashMap<>(Tilings.GPU.of(device).sizes());
    sizes.put(size, value);
    return Tilings.GPU.ofSizes(sizes);
  }

  /** 64x64 tiles, however few there are of them. */
  static Tiling largeTiles(DeviceInfo device) {
    return with(device, "large_from", 1);
  }
}
