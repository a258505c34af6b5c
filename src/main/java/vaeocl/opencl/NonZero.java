package vaeocl.opencl;

/**
 * Masks of the columns in which a row tile is not all zero, as {@code kernels/batch_cpu.cl} makes
 * them.
 */
final class NonZero {
  private NonZero() {}

  /** Words of a mask of n bits. */
  static int words(int n) {
    return (n + 31) / 32;
  }

  /**
   * For each tile of rows a mask, bit c mod 32 of word c / 32 for column c.
   *
   * @param values the matrix row by row, or with {@code transposed} its transpose row by row
   */
  static int[] masks(float[] values, int rows, int cols, int tileRows, boolean transposed) {
    int tiles = (rows + tileRows - 1) / tileRows;
    int[] masks = new int[tiles * words(cols)];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        if (values[transposed ? c * rows + r : r * cols + c] != 0) {
          masks[r / tileRows * words(cols) + c / 32] |= 1 << c % 32;
        }
      }
    }
    return masks;
  }
}
