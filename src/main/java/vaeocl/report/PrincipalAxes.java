package vaeocl.report;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import vaeocl.compression.Pca;

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
    float[] chosen = new float[count * dims.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = points[i / dims.length * size + dims[i % dims.length]];
    }
    Pca pca = Pca.fit(chosen, dims.length, 2);
    double total = DoubleStream.of(variance).sum();
    double[][] axes = new double[2][size];
    double[] shares = new double[2];
    for (int a = 0; a < 2; a++) {
      for (int i = 0; i < dims.length; i++) {
        axes[a][dims[i]] = pca.axes()[a][i];
      }
      shares[a] = total > 0 ? pca.variances()[a] / total : 0;
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
}
