package vaeocl.report;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The two directions in which points vary most.
 *
 * @param origin the mean of the points, [size]
 * @param axes two unit vectors at right angles, [2][size]
 * @param shares the part of the whole variance along each
 */
record PrincipalAxes(double[] origin, double[][] axes, double[] shares) {
  /** Eigenvectors take time by the third power; of more dimensions the most varying are taken. */
  private static final int MOST = 128;

  /**
   * @param points [count, size], all finite
   * @param size at least 2
   */
  static PrincipalAxes of(float[] points, int count, int size) {
    double[] origin = new double[size];
    double[] variance = new double[size];
    moments(points, count, size, origin, variance);
    int[] dims =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(d -> -variance[d]))
            .limit(MOST)
            .mapToInt(d -> d)
            .toArray();
    RealMatrix covariance = covariance(points, count, size, origin, dims);
    EigenDecomposition eigen = new EigenDecomposition(covariance);
    double total = 0;
    for (double v : variance) {
      total += v;
    }
    double[][] axes = new double[2][size];
    double[] shares = new double[2];
    for (int a = 0; a < 2; a++) {
      double[] vector = eigen.getEigenvector(a).toArray();
      double sign = Math.signum(largest(vector));
      for (int i = 0; i < dims.length; i++) {
        axes[a][dims[i]] = sign * vector[i];
      }
      shares[a] = total > 0 ? Math.max(0, eigen.getRealEigenvalue(a)) / total : 0;
    }
    return new PrincipalAxes(origin, axes, shares);
  }

  private static void moments(
      float[] points, int count, int size, double[] mean, double[] variance) {
    for (int i = 0; i < count * size; i++) {
      mean[i % size] += points[i] / (double) count;
    }
    for (int i = 0; i < count * size; i++) {
      double d = points[i] - mean[i % size];
      variance[i % size] += d * d / count;
    }
  }

  private static RealMatrix covariance(
      float[] points, int count, int size, double[] mean, int[] dims) {
    double[][] sums = new double[dims.length][dims.length];
    double[] d = new double[dims.length];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < dims.length; i++) {
        d[i] = points[n * size + dims[i]] - mean[dims[i]];
      }
      for (int i = 0; i < dims.length; i++) {
        for (int j = 0; j <= i; j++) {
          sums[i][j] += d[i] * d[j] / count;
        }
      }
    }
    for (int i = 0; i < dims.length; i++) {
      for (int j = 0; j < i; j++) {
        sums[j][i] = sums[i][j];
      }
    }
    return new Array2DRowRealMatrix(sums, false);
  }

  /** An eigenvector's sign is arbitrary: its largest element is made positive. */
  private static double largest(double[] vector) {
    double largest = 0;
    for (double v : vector) {
      largest = Math.abs(v) > Math.abs(largest) ? v : largest;
    }
    return largest;
  }
}
