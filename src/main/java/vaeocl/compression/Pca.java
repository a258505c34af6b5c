package vaeocl.compression;

import java.util.Arrays;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import vaeocl.data.Images;

/**
 * Principal components: the best linear code of k numbers for rows of p. With the mean m and the
 * unit eigenvectors w₁ … w_k of the covariance, a row x has the code c_i = w_i·(x − m) and comes
 * back as m + Σ c_i·w_i; no other k directions leave a smaller squared error over the rows fitted.
 *
 * @param mean m, [p]
 * @param axes w, [k, p], by falling variance; the entry of the largest magnitude is positive in
 *     each, so that the same rows give the same signs
 * @param variances of the codes along each axis, [k]
 * @param totalVariance of the rows, summed over all p dimensions; what {@code variances} leave of
 *     it is the mean squared distance between the rows fitted and what comes back
 */
public record Pca(double[] mean, double[][] axes, double[] variances, double totalVariance) {
  /** A matrix of p·p doubles is taken apart in p³ steps: 784 take seconds, 4096 minutes. */
  public static final int MAX_DIMS = 4096;

  private static final float WHITE = 255;

  /**
   * Fits pictures, 0 being black and 1 white.
   *
   * @param train N pictures of p ≤ 4096 pixels
   * @param k the numbers in a code, 1 to p
   * @throws IllegalArgumentException if a size is outside these limits
   */
  public static Pca fit(Images train, int k) {
    check(train.size(), k);
    return of(Covariance.of(train), k);
  }

  /**
   * Fits any rows, such as latent codes.
   *
   * @param rows row-major [N, dims]
   * @throws IllegalArgumentException if a size does not fit or a number is not finite
   */
  public static Pca fit(float[] rows, int dims, int k) {
    check(dims, k);
    if (rows.length < dims || rows.length % dims != 0) {
      throw new IllegalArgumentException(rows.length + " numbers are no rows of " + dims);
    }
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new IllegalArgumentException(
            "Row " + i / dims + " holds " + rows[i] + " in dimension " + i % dims);
      }
    }
    return of(Covariance.of(rows, dims), k);
  }

  private static void check(int dims, int k) {
    if (dims < 1 || dims > MAX_DIMS || k < 1 || k > dims) {
      throw new IllegalArgumentException(k + " components of " + dims + ", at most " + MAX_DIMS);
    }
  }

  private static Pca of(Covariance covariance, int k) {
    double[][] matrix = covariance.matrix();
    double total = 0;
    for (int j = 0; j < matrix.length; j++) {
      total += matrix[j][j];
    }
    // Symmetric, so the values are real and come in falling order, the vectors orthonormal.
    EigenDecomposition eigen = decompose(matrix);
    double[][] axes = new double[k][];
    double[] variances = new double[k];
    for (int i = 0; i < k; i++) {
      axes[i] = pointed(eigen.getEigenvector(i).toArray());
      variances[i] = Math.max(0, eigen.getRealEigenvalue(i)); // rounding may leave -1e-17
    }
    return new Pca(covariance.mean(), axes, variances, total);
  }

  private static EigenDecomposition decompose(double[][] matrix) {
    try {
      return new EigenDecomposition(new Array2DRowRealMatrix(matrix, false));
    } catch (MathIllegalStateException e) {
      throw new IllegalArgumentException("the rows' covariance cannot be taken apart", e);
    }
  }

  /** {@code axis} or its opposite: an eigenvector has no sign of its own. */
  private static double[] pointed(double[] axis) {
    double largest = 0;
    for (double a : axis) {
      largest = Math.abs(a) > Math.abs(largest) ? a : largest;
    }
    if (largest < 0) {
      for (int j = 0; j < axis.length; j++) {
        axis[j] = -axis[j];
      }
    }
    return axis;
  }

  /** p. */
  public int dims() {
    return mean.length;
  }

  /** k. */
  public int components() {
    return axes.length;
  }

  /**
   * The codes of pictures.
   *
   * @return row-major [N, k]
   * @throws IllegalArgumentException if they are not of p pixels
   */
  public float[] project(Images images) {
    int p = checked(images.size());
    float[] codes = new float[images.count() * components()];
    float[] x = new float[p];
    for (int i = 0; i < images.count(); i++) {
      for (int j = 0; j < p; j++) {
        x[j] = Byte.toUnsignedInt(images.pixels()[i * p + j]) / WHITE;
      }
      project(codes, i, x, 0);
    }
    return codes;
  }

  /**
   * The codes of any rows.
   *
   * @param rows row-major [N, p]
   * @return row-major [N, k]
   * @throws IllegalArgumentException if the rows are not of p numbers
   */
  public float[] project(float[] rows) {
    if (rows.length % dims() != 0) {
      throw new IllegalArgumentException(rows.length + " numbers are no rows of " + dims());
    }
    int count = rows.length / dims();
    float[] codes = new float[count * components()];
    for (int i = 0; i < count; i++) {
      project(codes, i, rows, i * dims());
    }
    return codes;
  }

  /** Sets code {@code i} to that of the row at {@code from}. */
  private void project(float[] codes, int i, float[] rows, int from) {
    for (int c = 0; c < components(); c++) {
      double sum = 0;
      for (int j = 0; j < mean.length; j++) {
        sum += axes[c][j] * (rows[from + j] - mean[j]);
      }
      codes[i * components() + c] = (float) sum;
    }
  }

  /**
   * The rows that codes stand for.
   *
   * @param codes row-major [N, k]
   * @return row-major [N, p]
   * @throws IllegalArgumentException if the codes are not of k numbers
   */
  public float[] reconstruct(float[] codes) {
    int k = components();
    int p = dims();
    if (codes.length % k != 0 || (long) codes.length / k * p > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(codes.length + " numbers are no codes of " + k);
    }
    float[] rows = new float[codes.length / k * p];
    double[] x = new double[p];
    for (int i = 0; i < codes.length / k; i++) {
      System.arraycopy(mean, 0, x, 0, p);
      for (int c = 0; c < k; c++) {
        double code = codes[i * k + c];
        for (int j = 0; j < p; j++) {
          x[j] += code * axes[c][j];
        }
      }
      for (int j = 0; j < p; j++) {
        rows[i * p + j] = (float) x[j];
      }
    }
    return rows;
  }

  /** As {@link #reconstruct}, for pictures: what leaves [0, 1] becomes black or white. */
  public float[] reconstructPixels(float[] codes) {
    float[] pixels = reconstruct(codes);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.max(0, Math.min(1, pixels[i]));
    }
    return pixels;
  }

  private int checked(int size) {
    if (size != dims()) {
      throw new IllegalArgumentException("Pictures of " + size + " pixels, not " + dims());
    }
    return size;
  }

  @Override
  public String toString() {
    return "Pca[" + components() + " of " + dims() + ", " + Arrays.toString(variances) + "]";
  }
}
