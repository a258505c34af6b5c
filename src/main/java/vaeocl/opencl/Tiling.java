package vaeocl.opencl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How work is cut for a kind of device. Every matrix is padded to these tiles ({@code
 * kernels/panel.cl}).
 *
 * @param kind CPU or GPU: which of the two files of a kernel is taken
 * @param rows R, height of a tile
 * @param panel P, width of a tile and of a panel, a power of two
 * @param vector V, floats in a vector register (CPU)
 * @param itemRows TM, rows of a work-item's share (GPU)
 * @param itemCols TN, columns of a work-item's share (GPU)
 * @param slices into how many parts of a work-group a sum is sliced (GPU)
 * @param group work-items of a work-group where each treats one element or sample
 * @param imageGroup work-items of a work-group that treats one image, a power of two (GPU)
 */
public record Tiling(
    DeviceKind kind,
    int rows,
    int panel,
    int vector,
    int itemRows,
    int itemCols,
    int slices,
    int group,
    int imageGroup) {

  /**
   * Shares of a GPU tile, the fastest first; the first that fits a device's work-groups is taken.
   */
  private static final int[][] SHARES = {
    {4, 4, 4}, {4, 4, 1}, {8, 4, 1}, {8, 8, 1}, {16, 16, 1}, {32, 32, 1}
  };

  /** Floats in the vector registers of CPUs, the widest first. */
  public static final List<Integer> VECTORS = List.of(16, 8, 4);

  /** No size of a tiling comes near. */
  private static final int LARGEST = 4096;

  public Tiling {
    if (Integer.bitCount(panel) != 1 || panel % vector != 0) {
      throw new IllegalArgumentException("panel " + panel + " of vectors of " + vector);
    }
  }

  /** The tiling that suits the device's kind. */
  public static Tiling of(DeviceInfo device) {
    return of(device, device.kind());
  }

  /** The tiling of a kind, within the device's limits. */
  public static Tiling of(DeviceInfo device, DeviceKind kind) {
    return kind == DeviceKind.CPU ? cpu(device) : gpu(device);
  }

  private static Tiling cpu(DeviceInfo device) {
    int width = device.floatVectorWidth();
    return cpu(device, VECTORS.stream().filter(v -> v <= width).findFirst().orElse(4));
  }

  /**
   * The tiling for CPUs with vector registers of so many floats, 4, 8 or 16; another CPU runs it as
   * well, but slowly. Tiles are two vectors wide. Higher ones read less for what they compute,
   * lower ones have more zeros in common; where vectors are 16 wide there are 32 of them.
   */
  public static Tiling cpu(DeviceInfo device, int vector) {
    int rows = vector == 16 ? 8 : 4;
    int group = (int) Math.min(16, device.maxWorkGroup());
    return new Tiling(DeviceKind.CPU, rows, 2 * vector, vector, 1, 1, 1, group, 1);
  }

  private static Tiling gpu(DeviceInfo device) {
    long limit = device.maxWorkGroup();
    for (int[] share : SHARES) {
      if (groupItems(share[0], share[1], share[2]) <= limit) {
        int image = (int) Math.min(128, Long.highestOneBit(limit));
        int group = (int) Math.min(64, limit);
        return new Tiling(DeviceKind.GPU, 32, 32, 1, share[0], share[1], share[2], group, image);
      }
    }
    throw new IllegalStateException(device.name() + " allows no work-group");
  }

  private static int groupItems(int itemRows, int itemCols, int slices) {
    return 32 / itemRows * (32 / itemCols) * slices;
  }

  /** Every size by its name: a tiling for config.json. */
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("rows", rows);
    sizes.put("panel", panel);
    sizes.put("vector", vector);
    sizes.put("item_rows", itemRows);
    sizes.put("item_cols", itemCols);
    sizes.put("slices", slices);
    sizes.put("group", group);
    sizes.put("image_group", imageGroup);
    return sizes;
  }

  /**
   * The tiling of these {@link #sizes}.
   *
   * @throws IllegalArgumentException if one is missing or absurd
   */
  public static Tiling ofSizes(DeviceKind kind, Map<String, Integer> sizes) {
    ToIntFunction<String> size =
        name -> {
          Integer value = sizes.get(name);
          if (value == null || value < 1 || value > LARGEST) {
            throw new IllegalArgumentException("size " + name + " is " + value);
          }
          return value;
        };
    return new Tiling(
        kind,
        size.applyAsInt("rows"),
        size.applyAsInt("panel"),
        size.applyAsInt("vector"),
        size.applyAsInt("item_rows"),
        size.applyAsInt("item_cols"),
        size.applyAsInt("slices"),
        size.applyAsInt("group"),
        size.applyAsInt("image_group"));
  }

  boolean cpu() {
    return kind == DeviceKind.CPU;
  }

  /** Whether there are kernels for it: a run may have been begun by a version that had others. */
  public boolean supported() {
    boolean vectors = VECTORS.contains(vector) && panel == 2 * vector;
    return cpu() ? vectors && (rows == 4 || rows == 8) && rows <= vector : panel % rows == 0;
  }

  /** Whether products skip zeros, by row tiles. */
  public boolean skipsZeros() {
    return cpu() && !"keep".equals(System.getProperty("vaeocl.zeros"));
  }

  /** Features of a layer that are few for an input gradient: FEW in dense_cpu.cl. */
  int few() {
    return Math.min(16, panel);
  }

  /** Work-items that compute one tile together. */
  int tileGroup() {
    return cpu() ? 1 : groupItems(itemRows, itemCols, slices);
  }

  /** "cpu" or "gpu": the ending of the files that differ. */
  String suffix() {
    return cpu() ? "cpu" : "gpu";
  }

  /** What {@code --tiling} calls it. */
  public String label() {
    return suffix();
  }

  /** n padded to whole panels, and so to whole tiles either way. */
  int whole(int n) {
    return roundUp(n, panel);
  }

  /** The same for rows, and to a good distance of panels: PAD in panel.cl. */
  int pad(int n) {
    int whole = whole(n);
    return whole * panel % 1024 == 0 ? whole + 1 : whole;
  }

  /** Row tiles that hold n rows; tiles of padding alone are left out. */
  int rowTiles(int n) {
    return (n + rows - 1) / rows;
  }

  /** Panels that hold n columns. */
  int panels(int n) {
    return (n + panel - 1) / panel;
  }

  /** Compiler options. */
  public String options() {
    String common = "-cl-std=CL1.2 -cl-denorms-are-zero -cl-kernel-arg-info";
    String tile = " -DR=" + rows + " -DP=" + panel;
    return common
        + tile
        + (cpu()
            ? " -DV=" + vector
            : " -DTM=" + itemRows + " -DTN=" + itemCols + " -DSLICES=" + slices);
  }

  static int roundUp(int n, int to) {
    return (n + to - 1) / to * to;
  }
}
