package vaeocl.opencl;

/**
 * Lists of the columns in which a row tile is not all zero, as {@code kernels/batch_cpu.cl} makes
 * them.
 */
final class NonZero {
  private NonZero() {}

  /** Room for a list of up to n columns, with its length in front. */
  static int room(int n) {
    return n + 1;
  }

  /**
   * For each tile of rows, how many columns are not all zero, which ones, and unused space.
   *
   * @param values the matrix row by row, or with {@code transposed} its transpose row by row
   */
  static int[] lists(float[] values, int rows, int cols, int tileRows, boolean transposed) {
    int tiles = (rows + tileRows - 1) / tileRows;
    int[] lists = new int[tiles * room(cols)];
    for (int tile = 0; tile < tiles; tile++) {
      int at = tile * room(cols);
      for (int c = 0; c < cols; c++) {
        boolean any = false;
        for (int r = tile * tileRows; r < Math.min(rows, (tile + 1) * tileRows); r++) {
          any |= values[transposed ? c * rows + r : r * cols + c] != 0;
        }
        if (any) {
          lists[at + ++lists[at]] = c;
        }
      }
    }
    return lists;
  }
}
