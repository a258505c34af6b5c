package vaeocl.check;

/** Elements of a matrix, wherever they lie. */
interface Values {
  float at(int row, int col);

  /** Row by row. */
  static Values of(float[] values, int cols) {
    return (row, col) -> values[row * cols + col];
  }

  /** Some rows and columns, row by row. */
  default float[] slice(int[] rows, int[] cols) {
    float[] slice = new float[Math.multiplyExact(rows.length, cols.length)];
    int i = 0;
    for (int row : rows) {
      for (int col : cols) {
        slice[i++] = at(row, col);
      }
    }
    return slice;
  }
}
