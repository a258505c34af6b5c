package vaeocl.opencl.gpu;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Fusions;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Panels;
import vaeocl.opencl.plan.Sizes;
import vaeocl.opencl.plan.Tiling;
import vaeocl.opencl.plan.Workspace;

/**
 * Tiles of {@value #TILE} x {@value #TILE} in local memory, one for each work-group.
 *
 * @param itemRows TM, rows of a work-item's share
 * @param itemCols TN, columns of a work-item's share
 * @param slices into how many parts of a work-group a sum is sliced
 * @param group work-items of a work-group where each treats one element or sample
 * @param imageGroup work-items of a work-group that treats one image, a power of two
 */
public record GpuTiling(int itemRows, int itemCols, int slices, int group, int imageGroup)
    implements Tiling {
  /** R and P, the sides of a tile. */
  static final int TILE = 32;

  /** Shares of a tile, the fastest first; the first that fits a device's work-groups is taken. */
  private static final int[][] SHARES = {
    {4, 4, 4}, {4, 4, 1}, {8, 4, 1}, {8, 8, 1}, {16, 16, 1}, {32, 32, 1}
  };

  public GpuTiling {
    if (TILE % itemRows != 0 || TILE % itemCols != 0 || TILE % slices != 0) {
      throw new IllegalArgumentException(
          "tiles of "
              + TILE
              + " are not shared out as "
              + itemRows
              + "x"
              + itemCols
              + "x"
              + slices);
    }
  }

  /** Within the device's limits. */
  public static GpuTiling of(DeviceInfo device) {
    long limit = device.maxWorkGroup();
    for (int[] share : SHARES) {
      if (items(share[0], share[1], share[2]) <= limit) {
        int image = (int) Math.min(128, Long.highestOneBit(limit));
        int group = (int) Math.min(64, limit);
        return new GpuTiling(share[0], share[1], share[2], group, image);
      }
    }
    throw new IllegalStateException(device.name() + " allows no work-group");
  }

  /**
   * The tiling of these {@link #sizes}.
   *
   * @throws IllegalArgumentException if one is missing or absurd
   */
  public static GpuTiling ofSizes(Map<String, Integer> sizes) {
    return new GpuTiling(
        Sizes.get(sizes, "item_rows"),
        Sizes.get(sizes, "item_cols"),
        Sizes.get(sizes, "slices"),
        Sizes.get(sizes, "group"),
        Sizes.get(sizes, "image_group"));
  }

  private static int items(int rows, int cols, int slices) {
    return TILE / rows * (TILE / cols) * slices;
  }

  /** Work-items that compute one tile together. */
  int tileGroup() {
    return items(itemRows, itemCols, slices);
  }

  /** Tiles that hold n rows, or as many columns; tiles of padding alone are left out. */
  int tiles(int n) {
    return (n + TILE - 1) / TILE;
  }

  @Override
  public String label() {
    return "gpu";
  }

  @Override
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("rows", TILE);
    sizes.put("panel", TILE);
    sizes.put("item_rows", itemRows);
    sizes.put("item_cols", itemCols);
    sizes.put("slices", slices);
    sizes.put("group", group);
    sizes.put("image_group", imageGroup);
    return sizes;
  }

  @Override
  public String options() {
    String tile = layout().options() + " -DR=" + TILE;
    return tile + " -DTM=" + itemRows + " -DTN=" + itemCols + " -DSLICES=" + slices;
  }

  @Override
  public Panels layout() {
    return new Panels(TILE);
  }

  @Override
  public List<Fusion> fusions() {
    return List.of(Fusions.RECONSTRUCT, Fusions.GRADIENT_ADAM);
  }

  @Override
  public Kernels on(Workspace workspace) {
    return new GpuKernels(this, workspace);
  }
}
