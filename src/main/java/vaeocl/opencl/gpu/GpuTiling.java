package vaeocl.opencl.gpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Panels;
import vaeocl.opencl.plan.Sizes;
import vaeocl.opencl.plan.Tiling;
import vaeocl.opencl.plan.Workspace;

/**
 * Tiles in local memory, one for each work-group, and as few launches as there can be.
 *
 * @param share how products are shared out
 * @param group work-items of a work-group where each treats one element or sample
 * @param imageGroup work-items of a work-group that treats one image, a power of two
 */
public record GpuTiling(Share share, int group, int imageGroup) implements Tiling {
  /** The fastest first; the first that a device has room for is taken. */
  private static final List<Share> SHARES =
      List.of(
          new Share(256, 16, 64),
          new Share(128, 16, 32),
          new Share(64, 16, 32),
          new Share(32, 16, 16),
          new Share(16, 16, 16));

  /** Local memory that a share leaves to what depends on the net, bytes. */
  private static final int LOCAL_REST = 4096;

  /** Within the device's limits. */
  public static GpuTiling of(DeviceInfo device) {
    long limit = device.maxWorkGroup();
    for (Share share : SHARES) {
      if (share.group() <= limit && share.localBytes() + LOCAL_REST <= device.localBytes()) {
        int image = (int) Math.min(128, Long.highestOneBit(limit));
        return new GpuTiling(share, (int) Math.min(64, limit), image);
      }
    }
    throw new IllegalStateException(
        device.name() + " has too small work-groups or too little local memory: --tiling plain");
  }

  /**
   * The tiling of these {@link #sizes}.
   *
   * @throws IllegalArgumentException if one is missing or absurd
   */
  public static GpuTiling ofSizes(Map<String, Integer> sizes) {
    Share share =
        new Share(
            Sizes.get(sizes, "product_group"), Sizes.get(sizes, "rows"), Sizes.get(sizes, "slab"));
    return new GpuTiling(share, Sizes.get(sizes, "group"), Sizes.get(sizes, "image_group"));
  }

  /** This share and those to fall back on, where a device has no room for a kernel in it. */
  List<Share> shares() {
    List<Share> shares = new ArrayList<>(List.of(share));
    SHARES.stream()
        .filter(s -> s.group() < share.group())
        .forEach(s -> shares.add(new Share(s.group(), share.rows(), s.slab())));
    return shares;
  }

  @Override
  public String label() {
    return "gpu";
  }

  @Override
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("rows", share.rows());
    sizes.put("panel", Share.PANEL);
    sizes.put("product_group", share.group());
    sizes.put("slab", share.slab());
    sizes.put("group", group);
    sizes.put("image_group", imageGroup);
    return sizes;
  }

  @Override
  public String options() {
    return layout().options();
  }

  @Override
  public Panels layout() {
    return new Panels(Share.PANEL);
  }

  @Override
  public List<Fusion> fusions() {
    return GpuFusions.ALL;
  }

  @Override
  public Kernels on(Workspace workspace) {
    return (groups, launches) -> new GpuLowering(this, workspace.store(), launches, groups);
  }
}
