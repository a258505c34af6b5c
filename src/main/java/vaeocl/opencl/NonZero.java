package vaeocl.opencl;

/**
 * Row tiles of a matrix without the columns that are all zero in them, in the layouts of {@code
 * kernels/tile_cpu.cl}.
 *
 * @param lists for each tile how many columns are left, which ones, and unused space
 * @param packed for each tile the columns that are left, one after the other, and unused space
 */
record NonZero(int[] lists, float[] packed) {
  /** Room for the list of a tile. */
  static int listRoom(int cols) {
    return cols + 2;
  }

  /** Room for the values of a tile. */
  static int packedRoom(int cols, Tiling tiling) {
    return cols * tiling.rows();
  }

  /**
   * Leaves the zeros out.
   *
   * @param values the matrix row by row, or with {@code transposed} its transpose row by row
   */
  static NonZero of(float[] values, int rows, int cols, Tiling tiling, boolean transposed) {
    int tileRows = tiling.rows();
    int tiles = (rows + tileRows - 1) / tileRows;
    int[] lists = new int[tiles * listRoom(cols)];
    float[] packed = new float[tiles * packedRoom(cols, tiling)];
    float[] column = new float[tileRows];
    for (int tile = 0; tile < tiles; tile++) {
      int list = tile * listRoom(cols);
      for (int c = 0; c < cols; c++) {
        boolean any = false;
        for (int i = 0; i < tileRows; i++) {
          int r = tile * tileRows + i;
          column[i] = r >= rows ? 0 : values[transposed ? c * rows + r : r * cols + c];
          any |= column[i] != 0;
        }
        if (any) {
          int place = tile * packedRoom(cols, tiling) + lists[list] * tileRows;
          System.arraycopy(column, 0, packed, place, tileRows);
          lists[list + ++lists[list]] = c;
        }
      }
    }
    return new NonZero(lists, packed);
  }
}
