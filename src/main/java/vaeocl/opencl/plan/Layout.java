package vaeocl.opencl.plan;

/**
 * How matrices lie in the device's memory.
 *
 * <p>Every method takes the true sizes of a matrix [rows, cols].
 */
public interface Layout {
  /** Whether a weight matrix [out, in] is kept as [in, out]. */
  boolean weightsTransposed();

  /** Elements that a matrix takes, padding included; kernels count them in 31 bits. */
  int size(int rows, int cols);

  /** Elements that a single row by itself takes, such as a bias. */
  int rowSize(int cols);

  /**
   * Lays out a matrix.
   *
   * @param values the matrix row by row, or with {@code transposed} its transpose row by row
   * @param padding what to put into the padding
   */
  float[] pack(int rows, int cols, float[] values, boolean transposed, float padding);

  /** The inverse of {@link #pack}. */
  float[] unpack(int rows, int cols, float[] packed, boolean transposed);
}
