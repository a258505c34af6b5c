package vaeocl.opencl.plan;

/**
 * How matrices lie in the device's memory.
 *
 * <p>Sizes are a matrix's true ones: m rows and n columns.
 */
public interface Layout {
  /** Whether a weight matrix [out, in] is kept as [in, out]. */
  boolean weightsTransposed();

  /** Elements that a matrix takes, padding included; kernels count them in 31 bits. */
  int size(int m, int n);

  /** Elements that a single row by itself takes, such as a bias. */
  int rowSize(int n);

  /**
   * Lays out a matrix.
   *
   * @param values the matrix row by row, or with {@code transposed} its transpose row by row
   * @param padding what to put into the padding
   */
  float[] pack(int m, int n, float[] values, boolean transposed, float padding);

  /** Where an element lies. */
  int at(int m, int n, int row, int col);

  /** The inverse of {@link #pack}. */
  float[] unpack(int m, int n, float[] packed, boolean transposed);
}
