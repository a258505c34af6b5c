package vaeocl.opencl.plan;

/** Row by row without padding, as matrices are written on paper; weights as [out, in]. */
public final class RowMajor implements Layout {
  @Override
  public boolean weightsTransposed() {
    return false;
  }

  @Override
  public int size(int rows, int cols) {
    return Panels.requireSmall((long) rows * cols, rows, cols);
  }

  @Override
  public int rowSize(int cols) {
    return cols;
  }

  @Override
  public int at(int rows, int cols, int row, int col) {
    return row * cols + col;
  }

  @Override
  public float[] pack(int rows, int cols, float[] values, boolean transposed, float padding) {
    return transposed ? transpose(cols, rows, values) : values;
  }

  @Override
  public float[] unpack(int rows, int cols, float[] packed, boolean transposed) {
    return transposed ? transpose(rows, cols, packed) : packed;
  }

  /** From m x n to n x m. */
  private static float[] transpose(int m, int n, float[] values) {
    float[] other = new float[values.length];
    for (int r = 0; r < m; r++) {
      for (int c = 0; c < n; c++) {
        other[c * m + r] = values[r * n + c];
      }
    }
    return other;
  }
}
