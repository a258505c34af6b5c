package vaeocl.opencl;

/**
 * A matrix in the panel layout of {@code kernels/lib/panel.cl}.
 *
 * @param rows true rows
 * @param cols true columns
 */
record Panels(Tiling tiling, int rows, int cols) {
  /** Floats, padding included; kernels count them in 31 bits. */
  int size() {
    long size = (long) tiling.pad(rows) * tiling.whole(cols);
    if (size > Integer.MAX_VALUE) {
      throw new DeviceLimitException(
          "a matrix of " + rows + "x" + cols + " is too large; take a smaller batch or layer");
    }
    return (int) size;
  }

  /** Place of an element. */
  int at(int row, int col) {
    int p = tiling.panel();
    return col / p * tiling.pad(rows) * p + row * p + col % p;
  }

  /**
   * Lays out a matrix.
   *
   * @param values the matrix row by row, or with {@code transposed} its transpose row by row
   * @param padding what to put into the padding
   */
  float[] pack(float[] values, boolean transposed, float padding) {
    float[] packed = new float[size()];
    java.util.Arrays.fill(packed, padding);
    int p = tiling.panel();
    for (int first = 0; first < cols; first += p) {
      int width = Math.min(p, cols - first);
      for (int r = 0; r < rows; r++) {
        int to = at(r, first);
        int from = transposed ? first * rows + r : r * cols + first;
        int step = transposed ? rows : 1;
        for (int c = 0; c < width; c++) {
          packed[to + c] = values[from + c * step];
        }
      }
    }
    return packed;
  }

  /** The inverse of {@link #pack}. */
  float[] unpack(float[] packed, boolean transposed) {
    float[] values = new float[rows * cols];
    int p = tiling.panel();
    for (int first = 0; first < cols; first += p) {
      int width = Math.min(p, cols - first);
      for (int r = 0; r < rows; r++) {
        int from = at(r, first);
        int to = transposed ? first * rows + r : r * cols + first;
        int step = transposed ? rows : 1;
        for (int c = 0; c < width; c++) {
          values[to + c * step] = packed[from + c];
        }
      }
    }
    return values;
  }
}
