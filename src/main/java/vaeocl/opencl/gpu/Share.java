package vaeocl.opencl.gpu;

/**
 * How a product is shared out: {@code kernels/gpu/product.cl} says what each size means.
 *
 * @param group work-items of a work-group, a power of two
 * @param rows of a tile of activations; tiles of weights have as many as columns
 * @param slab terms that a work-group brings into local memory at a time
 * @param leastRows rows that a work-item takes at least; what it reads comes in fours
 * @param panels of a tile, side by side
 */
record Share(int group, int rows, int slab, int leastRows, int panels) {
  /** P, the width of panels. */
  static final int PANEL = 32;

  /** The least that there are kernels for. */
  static final int LEAST_ROWS = 4;

  /** What dimensions are padded to: the sides of the largest tiles. */
  static final int WHOLE = 2 * PANEL;

  private static final int PANEL_QUADS = PANEL / 4;

  Share {
    if (!possible(group, rows, slab, leastRows, panels)) {
      throw new IllegalArgumentException(
          "work-groups of %d with %d rows by %d panels, %d rows of an item, and slabs of %d"
              .formatted(group, rows, panels, leastRows, slab));
    }
  }

  /** Of tiles that are a panel wide. */
  Share(int group, int rows, int slab, int leastRows) {
    this(group, rows, slab, leastRows, 1);
  }

  /** Whether there are kernels for these sizes. */
  static boolean possible(int group, int rows, int slab, int leastRows, int panels) {
    boolean powers = Integer.bitCount(group) == 1 && Integer.bitCount(slab) == 1;
    boolean tiles =
        switch (panels) {
          case 1 -> rows == PANEL / 2 || rows == PANEL;
          case 2 -> rows == 2 * PANEL;
          default -> false;
        };
    boolean items = leastRows == LEAST_ROWS || leastRows == 2 * LEAST_ROWS;
    return powers
        && tiles
        && items
        && group >= PANEL / 2
        && slab / 4
            >= Math.max(slices(group, rows, leastRows), slices(group, panels * PANEL, leastRows));
  }

  /** SLICES where a tile has so many rows. */
  private static int slices(int group, int rows, int leastRows) {
    int itemRows = Math.max(leastRows, rows * PANEL_QUADS / group);
    return group / (rows / itemRows * PANEL_QUADS);
  }

  private int sums(int tileRows) {
    return slices(group, tileRows, leastRows) * tileRows;
  }

  private int width() {
    return panels * PANEL;
  }

  /** Local memory of the hungriest kernel without what depends on the latent space, bytes. */
  int localBytes() {
    int operands = 2 * Math.max(rows, width()) * (slab / 4 + 1);
    int sums = PANEL_QUADS * panels * Math.max(sums(rows), sums(width()));
    return 16 * Math.max(operands, sums);
  }

  String options() {
    String least = leastRows == LEAST_ROWS ? "" : " -DLEAST_ROWS=" + leastRows;
    String wide = panels == 1 ? "" : " -DTILE_PANELS=" + panels;
    return "-DGROUP=" + group + " -DBATCH_ROWS=" + rows + " -DSLAB=" + slab + least + wide;
  }

  /** Tiles that hold n rows of a batch. */
  int batchTiles(int n) {
    return (n + rows - 1) / rows;
  }

  /** n in whole panels. */
  static int wholePanels(int n) {
    return (n + PANEL - 1) / PANEL * PANEL;
  }

  /** Tiles that hold n features. */
  int across(int n) {
    return (n + width() - 1) / width();
  }
}
