package vaeocl.compression;

import vaeocl.data.Images;

/**
 * Mean and covariance of N rows of p numbers.
 *
 * @param mean m = Σ x / N, [p]
 * @param matrix C = Σ (x − m)·(x − m)ᵀ / N, [p, p], symmetric to the bit
 */
record Covariance(double[] mean, double[][] matrix) {
  private static final double WHITE = 255;

  /**
   * Of pictures, 0 being black and 1 white. Most pixels of drawn digits are 0, so the sums run over
   * the pairs that are not, in integers and thus exactly: C = (Σ x·xᵀ / N − m·mᵀ) / 255².
   */
  static Covariance of(Images images) {
    int p = images.size();
    byte[] pixels = images.pixels();
    long[] sum = new long[p];
    long[][] products = new long[p][p];
    int[] index = new int[p];
    int[] value = new int[p];
    for (int i = 0; i < images.count(); i++) {
      int inked = 0;
      for (int j = 0; j < p; j++) {
        int x = Byte.toUnsignedInt(pixels[i * p + j]);
        if (x != 0) {
          index[inked] = j;
          value[inked++] = x;
          sum[j] += x;
        }
      }
      for (int a = 0; a < inked; a++) {
        long[] row = products[index[a]];
        for (int b = 0; b <= a; b++) {
          row[index[b]] += (long) value[a] * value[b];
        }
      }
    }
    double n = images.count();
    double[] mean = new double[p];
    double[][] matrix = new double[p][p];
    for (int a = 0; a < p; a++) {
      mean[a] = sum[a] / n / WHITE;
      for (int b = 0; b <= a; b++) {
        double central = products[a][b] / n - (sum[a] / n) * (sum[b] / n);
        matrix[a][b] = central / (WHITE * WHITE);
        matrix[b][a] = matrix[a][b];
      }
    }
    return new Covariance(mean, matrix);
  }

  /**
   * Of any rows. The mean is taken off first: it may be far larger than the spread.
   *
   * @param rows row-major [N, p]
   */
  static Covariance of(float[] rows, int p) {
    int n = rows.length / p;
    double[] mean = new double[p];
    for (int i = 0; i < rows.length; i++) {
      mean[i % p] += rows[i];
    }
    for (int j = 0; j < p; j++) {
      mean[j] /= n;
    }
    double[][] matrix = new double[p][p];
    double[] x = new double[p];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        x[j] = rows[i * p + j] - mean[j];
      }
      for (int a = 0; a < p; a++) {
        for (int b = 0; b <= a; b++) {
          matrix[a][b] += x[a] * x[b];
        }
      }
    }
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        matrix[a][b] /= n;
        matrix[b][a] = matrix[a][b];
      }
    }
    return new Covariance(mean, matrix);
  }
}
