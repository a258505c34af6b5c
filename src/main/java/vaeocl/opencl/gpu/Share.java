package vaeocl.opencl.gpu;

import vaeocl.opencl.plan.Panels;

/**
 * How a product is shared out: {@code kernels/gpu/product.cl} says what each size means.
 *
 * @param group work-items of a work-group, a power of two
 * @param rows of a tile of activations; tiles of weights have {@value #PANEL}
 * @param slab terms that a work-group brings into local memory at a time
 * @param leastRows rows that a work-item takes at least; what it reads comes in fours
 */
record Share(int group, int rows, int slab, int leastRows) {
  /** P, the width of tiles and panels. */
  static final int PANEL = 32;

  /** The least that there are kernels for. */
  static final int LEAST_ROWS = 4;

  private static final int QUADS = PANEL / 4;

  Share {
    if (!possible(group, rows, slab, leastRows)) {
      throw new IllegalArgumentException(
          "work-groups of %d with %d rows, %d of an item, and slabs of %d"
              .formatted(group, rows, leastRows, slab));
    }
  }

  /** Whether there are kernels for these sizes. */
  static boolean possible(int group, int rows, int slab, int leastRows) {
    boolean powers = Integer.bitCount(group) == 1 && Integer.bitCount(slab) == 1;
    boolean tiles = rows == PANEL / 2 || rows == PANEL;
    boolean items = leastRows == LEAST_ROWS || leastRows == 2 * LEAST_ROWS;
    return powers
        && tiles
        && items
        && group >= PANEL / 2
        && slab / 4 >= Math.max(slices(group, rows, leastRows), slices(group, PANEL, leastRows));
  }

  /** SLICES where a tile has so many rows. */
  private static int slices(int group, int rows, int leastRows) {
    int itemRows = Math.max(leastRows, rows * QUADS / group);
    return group / (rows / itemRows * QUADS);
  }

  private int sums(int tileRows) {
    return slices(group, tileRows, leastRows) * tileRows;
  }

  /** Local memory of the hungriest kernel without what depends on the latent space, bytes. */
  int localBytes() {
    int operands = 2 * PANEL * (slab / 4 + 1);
    int sums = QUADS * Math.max(sums(rows), sums(PANEL));
    return 16 * Math.max(operands, sums) + 4 * rows * (PANEL + 1);
  }

  String options() {
    String least = leastRows == LEAST_ROWS ? "" : " -DLEAST_ROWS=" + leastRows;
    return "-DGROUP=" + group + " -DBATCH_ROWS=" + rows + " -DSLAB=" + slab + least;
  }

  /** Tiles that hold n rows of a batch. */
  int batchTiles(int n) {
    return (n + rows - 1) / rows;
  }

  /** n in whole panels. */
  static int wholePanels(int n) {
    return panels(n) * PANEL;
  }

  /** Panels that hold n features. */
  static int panels(int n) {
    return new Panels(PANEL).count(n);
  }
}
