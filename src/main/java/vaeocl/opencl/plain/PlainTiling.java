package vaeocl.opencl.plain;

import java.util.List;
import java.util.Map;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Layout;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.RowMajor;
import vaeocl.opencl.plan.Sizes;
import vaeocl.opencl.plan.Tiling;
import vaeocl.opencl.plan.Workspace;

/**
 * Every operation as its formula, one work-item an element, matrices row by row: to be read first,
 * and to fall back on.
 *
 * @param group work-items of a work-group
 */
public record PlainTiling(int group) implements Tiling {
  /** Within the device's limits. */
  public static PlainTiling of(DeviceInfo device) {
    return new PlainTiling((int) Math.min(64, device.maxWorkGroup()));
  }

  /**
   * The tiling of these {@link #sizes}.
   *
   * @throws IllegalArgumentException if one is missing or absurd
   */
  public static PlainTiling ofSizes(Map<String, Integer> sizes) {
    return new PlainTiling(Sizes.get(sizes, "group"));
  }

  @Override
  public String label() {
    return "plain";
  }

  @Override
  public Map<String, Integer> sizes() {
    return Map.of("group", group);
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public Layout layout() {
    return new RowMajor();
  }

  @Override
  public List<Fusion> fusions() {
    return List.of();
  }

  @Override
  public Kernels on(Workspace workspace) {
    return new Kernels() {
      @Override
      public Lowering lowering(List<Group> groups, Launches launches) {
        return new PlainLowering(group, workspace.store(), launches);
      }
    };
  }
}
