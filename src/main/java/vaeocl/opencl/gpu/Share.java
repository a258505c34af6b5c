package vaeocl.opencl.gpu;

import vaeocl.opencl.plan.Panels;

/**
 * How a product is shared out: {@code kernels/gpu/product.cl} says what each size means.
 *
 * @param group work-items of a work-group, a power of two
 * @param rows of a tile of activations; tiles of weights have {@value #PANEL}
 * @param slab terms that a work-group brings into local memory at a time
 */
record Share(int group, int rows, int slab) {
  /** P, the width of tiles and panels. */
  static final int PANEL = 32;

  /** Rows that a work-item takes at least: what it reads comes in fours. */
  private static final int ITEM_ROWS = 4;

  private static final int QUADS = PANEL / 4;

  Share {
    boolean powers = Integer.bitCount(group) == 1 && Integer.bitCount(slab) == 1;
    boolean tiles = rows == PANEL / 2 || rows == PANEL;
    if (!powers
        || !tiles
        || group < PANEL / 2
        || slab / 4 < Math.max(slices(group, rows), slices(group, PANEL))) {
      throw new IllegalArgumentException(
          "work-groups of " + group + " with " + rows + " rows and slabs of " + slab);
    }
  }

  /** SLICES where a tile has so many rows. */
  private static int slices(int group, int rows) {
    int itemRows = Math.max(ITEM_ROWS, rows * QUADS / group);
    return group / (rows / itemRows * QUADS);
  }

  /** Local memory of the hungriest kernel without what depends on the latent space, bytes. */
  int localBytes() {
    int operands = 2 * PANEL * (slab / 4 + 1);
    int sums = QUADS * Math.max(slices(group, rows) * rows, slices(group, PANEL) * PANEL);
    return 16 * Math.max(operands, sums) + 4 * rows * (PANEL + 1);
  }

  String options() {
    return "-DGROUP=" + group + " -DBATCH_ROWS=" + rows + " -DSLAB=" + slab;
  }

  /** Tiles that hold n rows of a batch. */
  int batchTiles(int n) {
    return (n + rows - 1) / rows;
  }

  /** Panels that hold n features. */
  static int panels(int n) {
    return new Panels(PANEL).count(n);
  }
}
