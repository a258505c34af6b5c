package vaeocl.model;

import org.apache.commons.math3.distribution.NormalDistribution;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/** Points of the latent space to decode, [N, latent]. */
public final class LatentPoints {
  private LatentPoints() {}

  /** Samples of the prior N(0, 1): number i depends on the seed and i alone. */
  public static float[] prior(long seed, int count, int latent) {
    float[] z = new float[Math.multiplyExact(count, latent)];
    for (int i = 0; i < count; i++) {
      double[] normals = Philox.normals(seed, Stream.GENERATE, 0, i, 0, latent);
      for (int d = 0; d < latent; d++) {
        z[i * latent + d] = (float) normals[d];
      }
    }
    return z;
  }

  /**
   * A grid over one or two dimensions at the prior's quantiles (i + ½) / n, so that every cell is
   * equally likely: along the first, rising, from left to right; along the second from bottom to
   * top. Rows come from the top.
   *
   * @param latent dimensions of z; those that the grid does not lie along are 0
   * @param dimensions of the grid, counted from 0
   * @return [n, latent] for one dimension, [n², latent] for two
   */
  public static float[] grid(int n, int latent, int... dimensions) {
    float[][] axes = new float[dimensions.length][latent];
    for (int a = 0; a < axes.length; a++) {
      axes[a][dimensions[a]] = 1;
    }
    return plane(n, axes);
  }

  /**
   * The same along one or two axes through 0 of any direction.
   *
   * @param axes one or two vectors, [latent] each
   * @return [n, latent] for one axis, [n², latent] for two
   */
  public static float[] plane(int n, float[]... axes) {
    NormalDistribution normal = new NormalDistribution();
    float[] along = new float[n];
    for (int i = 0; i < n; i++) {
      along[i] = quantile(normal, i, n);
    }
    int latent = axes[0].length;
    int rows = axes.length == 1 ? 1 : n;
    float[] z = new float[Math.multiplyExact(rows * n, latent)];
    for (int i = 0; i < z.length; i++) {
      z[i] += along[i / latent % n] * axes[0][i % latent];
      if (axes.length > 1) {
        z[i] += along[n - 1 - i / latent / n] * axes[1][i % latent];
      }
    }
    return z;
  }

  private static float quantile(NormalDistribution normal, int i, int n) {
    return (float) normal.inverseCumulativeProbability((i + 0.5) / n);
  }

  /**
   * Equal steps along the line between two points, both included.
   *
   * @param from [latent]
   * @param to [latent]
   * @param steps at least 2
   * @return [steps, latent]
   */
  public static float[] line(float[] from, float[] to, int steps) {
    int latent = from.length;
    float[] z = new float[Math.multiplyExact(steps, latent)];
    for (int i = 0; i < steps; i++) {
      double t = i / (steps - 1.0);
      for (int d = 0; d < latent; d++) {
        z[i * latent + d] = (float) ((1 - t) * from[d] + t * to[d]);
      }
    }
    return z;
  }
}
