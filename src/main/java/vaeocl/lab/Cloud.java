package vaeocl.lab;

import java.util.Arrays;
import vaeocl.model.LatentPoints;

/**
 * A Gaussian fitted to codes.
 *
 * @param mean [d]
 * @param factor the lower triangle L of the covariance L·Lᵀ, [d, d]
 */
@SuppressWarnings("ArrayRecordComponent") // made here and only read
record Cloud(double[] mean, double[][] factor) {
  /** With mean and covariance of codes, [N, d]. */
  static Cloud of(float[] codes, int d) {
    int count = codes.length / d;
    double[] mean = new double[d];
    for (int i = 0; i < codes.length; i++) {
      mean[i % d] += codes[i] / (double) count;
    }
    double[][] factor = new double[d][d];
    for (int i = 0; i < codes.length; i += d) {
      for (int a = 0; a < d; a++) {
        for (int b = 0; b <= a; b++) {
          factor[a][b] += (codes[i + a] - mean[a]) * (codes[i + b] - mean[b]) / count;
        }
      }
    }
    for (int a = 0; a < d; a++) { // Cholesky, in place; a dimension without spread stays so
      for (int b = 0; b <= a; b++) {
        double rest = factor[a][b];
        for (int k = 0; k < b; k++) {
          rest -= factor[a][k] * factor[b][k];
        }
        boolean spread = factor[b][b] > 0;
        factor[a][b] = a == b ? Math.sqrt(Math.max(0, rest)) : spread ? rest / factor[b][b] : 0;
      }
    }
    return new Cloud(mean, factor);
  }

  /** The prior of a VAE. */
  static Cloud standard(int d) {
    double[][] factor = new double[d][d];
    for (int a = 0; a < d; a++) {
      factor[a][a] = 1;
    }
    return new Cloud(new double[d], factor);
  }

  /** The standard deviation along each dimension. */
  double[] spread() {
    return Arrays.stream(factor)
        .mapToDouble(row -> Math.sqrt(Arrays.stream(row).map(v -> v * v).sum()))
        .toArray();
  }

  /** Points of it, the same of the standard one for every cloud, [count, d]. */
  float[] samples(long seed, int count) {
    int d = mean.length;
    float[] normals = LatentPoints.prior(seed, count, d);
    float[] points = new float[normals.length];
    for (int i = 0; i < points.length; i++) {
      double sum = mean[i % d];
      for (int k = 0; k <= i % d; k++) {
        sum += factor[i % d][k] * normals[i - i % d + k];
      }
      points[i] = (float) sum;
    }
    return points;
  }
}
