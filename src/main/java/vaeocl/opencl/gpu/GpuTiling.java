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
 * @param large how large ones are
 * @param group work-items of a work-group where each treats one element or sample
 * @param imageGroup work-items of a work-group that treats one image, a power of two
 * @param compiled how kernels are compiled
 */
public record GpuTiling(Share share, Large large, int group, int imageGroup, Compiled compiled)
    implements Tiling {
  /** The fastest first; the first that a device has room for is taken. */
  private static final List<Share> SHARES =
      List.of(
          new Share(256, 16, 64, Share.LEAST_ROWS),
          new Share(128, 16, 32, Share.LEAST_ROWS),
          new Share(64, 16, 32, Share.LEAST_ROWS),
          new Share(32, 16, 16, Share.LEAST_ROWS),
          new Share(16, 16, 16, Share.LEAST_ROWS));

  /** What a search combines. */
  private static final List<Integer> TRIED_ROWS = List.of(16, 32);

  private static final List<Integer> TRIED_SLABS = List.of(32, 64, 128);
  private static final List<Integer> TRIED_GROUPS = List.of(64, 128, 256, 512);
  private static final List<Integer> TRIED_LEAST_ROWS = List.of(4, 8);

  /** Local memory that a share leaves to what depends on the net, bytes. */
  private static final int LOCAL_REST = 4096;

  public GpuTiling {
    if (Integer.bitCount(imageGroup) != 1) {
      throw new IllegalArgumentException("work-groups of " + imageGroup + " for an image");
    }
  }

  /** Within the device's limits. */
  public static GpuTiling of(DeviceInfo device) {
    long limit = device.maxWorkGroup();
    for (Share share : SHARES) {
      if (fits(share, device)) {
        int image = (int) Math.min(128, Long.highestOneBit(limit));
        Large large = Large.of(device);
        boolean room = large.from() > 0 && fits(large.share(), device);
        return new GpuTiling(
            share, room ? large : Large.NONE, (int) Math.min(64, limit), image, Compiled.AS_EVER);
      }
    }
    throw new IllegalStateException(
        device.name() + " has too small work-groups or too little local memory: --tiling plain");
  }

  private static boolean fits(Share share, DeviceInfo device) {
    return share.group() <= device.maxWorkGroup()
        && share.localBytes() + LOCAL_REST <= device.localBytes();
  }

  /**
   * This one shared out in other ways, as far as the device has room.
   *
   * @param largest elements of the largest product that it is for
   */
  public List<Tiling> others(DeviceInfo device, long largest) {
    List<Tiling> others = new ArrayList<>();
    for (Large other : Large.tried(largest)) {
      if (!other.equals(large) && (other.from() == 0 || fits(other.share(), device))) {
        others.add(new GpuTiling(share, other, group, imageGroup, compiled));
      }
    }
    for (int rows : TRIED_ROWS) {
      for (int slab : TRIED_SLABS) {
        for (int items : TRIED_GROUPS) {
          for (int least : TRIED_LEAST_ROWS) {
            if (Share.possible(items, rows, slab, least, 1)) {
              Share other = new Share(items, rows, slab, least);
              if (!other.equals(share) && fits(other, device)) {
                others.add(new GpuTiling(other, large, group, imageGroup, compiled));
              }
            }
          }
        }
      }
    }
    return others;
  }

  /**
   * This one compiled in other ways.
   *
   * @param subGroups sizes of sub-groups that the device can be asked for
   */
  public List<Tiling> otherwiseCompiled(List<Integer> subGroups) {
    List<Tiling> others = new ArrayList<>();
    for (int subGroup : subGroups) {
      for (int registers : List.of(0, Compiled.MANY_REGISTERS)) {
        Compiled other = new Compiled(subGroup, registers);
        others.add(new GpuTiling(share, large, group, imageGroup, other));
      }
    }
    return others;
  }

  /**
   * The tiling of these {@link #sizes}.
   *
   * @throws IllegalArgumentException if one is missing or absurd
   */
  public static GpuTiling ofSizes(Map<String, Integer> sizes) {
    Share share =
        new Share(
            Sizes.get(sizes, "product_group"),
            Sizes.get(sizes, "rows"),
            Sizes.get(sizes, "slab"),
            Sizes.or(sizes, "least_rows", Share.LEAST_ROWS));
    Compiled compiled =
        new Compiled(Sizes.or(sizes, "sub_group", 0), Sizes.or(sizes, "registers", 0));
    int group = Sizes.get(sizes, "group");
    Large large =
        new Large(
            Sizes.or(sizes, "large_group", 0),
            Sizes.or(sizes, "large_slab", 0),
            Sizes.or(sizes, "large_from", 0));
    return new GpuTiling(share, large, group, Sizes.get(sizes, "image_group"), compiled);
  }

  /** How a product of so many tiles of {@link Large} is shared out. */
  Share shareOf(long largeTiles) {
    return large.takes(largeTiles) ? large.share() : share;
  }

  /** How a product [rows, cols] is. */
  Share shareOf(int rows, int cols) {
    return shareOf(Large.tiles(rows, cols));
  }

  /** A share and those to fall back on, where a device has no room for a kernel in it. */
  static List<Share> withSmaller(Share share) {
    List<Share> shares = new ArrayList<>(List.of(share));
    for (Share s : SHARES) {
      int slab = Math.min(s.slab(), share.slab());
      if (s.group() < share.group()
          && Share.possible(s.group(), share.rows(), slab, share.leastRows(), share.panels())) {
        shares.add(new Share(s.group(), share.rows(), slab, share.leastRows(), share.panels()));
      }
    }
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
    sizes.put("least_rows", share.leastRows());
    sizes.put("large_group", large.group());
    sizes.put("large_slab", large.slab());
    sizes.put("large_from", large.from());
    sizes.put("group", group);
    sizes.put("image_group", imageGroup);
    sizes.put("sub_group", compiled.subGroup());
    sizes.put("registers", compiled.registers());
    return sizes;
  }

  @Override
  public String options() {
    return layout().options() + compiled.options();
  }

  @Override
  public Panels layout() {
    return new Panels(Share.PANEL, Share.WHOLE);
  }

  @Override
  public List<Fusion> fusions() {
    return GpuFusions.ALL;
  }

  @Override
  public Kernels on(Workspace workspace) {
    long room = workspace.context().info().localBytes();
    return (groups, launches) ->
        new GpuLowering(new Tiles(this, launches, room), workspace.store(), groups);
  }
}
