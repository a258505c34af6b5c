package vaeocl.train;

/**
 * The plane in which points vary most, about: subspace iteration from a fixed beginning. Unlike
 * eigenvectors, whose signs and order are anybody's choice, its axes move no faster than the points
 * do, so that what is drawn over them is comparable from one epoch to the next.
 */
final class LeadingPlane {
  private static final int ITERATIONS = 6;

  private LeadingPlane() {}

  /**
   * Two unit vectors at right angles.
   *
   * @param points [N, size]
   * @param size at least 2
   */
  static float[][] of(float[] points, int size) {
    double[] mean = new double[size];
    for (int i = 0; i < points.length; i++) {
      mean[i % size] += points[i] / ((double) points.length / size);
    }
    double[][] axes = new double[2][size];
    for (int d = 0; d < size; d++) {
      axes[0][d] = 1;
      axes[1][d] = d % 2 == 0 ? 1 : -1;
    }
    orthonormalise(axes);
    for (int i = 0; i < ITERATIONS; i++) {
      double[][] next = {
        covarianceTimes(points, mean, axes[0]), covarianceTimes(points, mean, axes[1])
      };
      if (!orthonormalise(next)) {
        break; // the points lie on a line, or in one place
      }
      axes = next;
    }
    float[][] found = new float[2][size];
    for (int d = 0; d < size; d++) {
      found[0][d] = (float) axes[0][d];
      found[1][d] = (float) axes[1][d];
    }
    return found;
  }

  /** Σ (p − mean)·((p − mean)·axis). */
  private static double[] covarianceTimes(float[] points, double[] mean, double[] axis) {
    int size = axis.length;
    double[] product = new double[size];
    for (int row = 0; row < points.length; row += size) {
      double along = 0;
      for (int d = 0; d < size; d++) {
        along += (points[row + d] - mean[d]) * axis[d];
      }
      for (int d = 0; d < size; d++) {
        product[d] += (points[row + d] - mean[d]) * along;
      }
    }
    return product;
  }

  /** By Gram and Schmidt; false where there are no two directions. */
  private static boolean orthonormalise(double[][] axes) {
    double[] a = axes[0];
    double[] b = axes[1];
    double length = Math.sqrt(dot(a, a));
    scale(a, 1 / length);
    double along = dot(a, b);
    double before = Math.sqrt(dot(b, b));
    for (int d = 0; d < a.length; d++) {
      b[d] -= along * a[d];
    }
    double left = Math.sqrt(dot(b, b));
    scale(b, 1 / left);
    return length > 0 && left > 1e-9 * before && Double.isFinite(length) && Double.isFinite(left);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static void scale(double[] a, double by) {
    for (int d = 0; d < a.length; d++) {
      a[d] *= by;
    }
  }
}
