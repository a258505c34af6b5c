package vaeocl.reference;

/**
 * A matrix in double precision, and beside each element how far single-precision work may lie from
 * it.
 *
 * @param value [rows, cols]
 * @param bound [rows, cols], ≥ 0
 */
public record HostMatrix(int rows, int cols, double[] value, double[] bound) {
  /** Zeros, exact. */
  public static HostMatrix zeros(int rows, int cols) {
    int size = Math.multiplyExact(rows, cols);
    return new HostMatrix(rows, cols, new double[size], new double[size]);
  }

  void set(int row, int col, double v, double b) {
    value[row * cols + col] = v;
    bound[row * cols + col] = b;
  }

  double at(int row, int col) {
    return value[row * cols + col];
  }

  double boundAt(int row, int col) {
    return bound[row * cols + col];
  }
}
