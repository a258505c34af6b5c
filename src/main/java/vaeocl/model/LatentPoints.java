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
   * A grid over two dimensions at the prior's quantiles (i + ½) / n, so that every cell is equally
   * likely: rows from the top, z[1] falling, columns from the left, z[0] rising.
   *
   * @return [n², 2]
   */
  public static float[] grid(int n) {
    NormalDistribution normal = new NormalDistribution(0, 1);
    float[] z = new float[2 * n * n];
    for (int row = 0; row < n; row++) {
      for (int col = 0; col < n; col++) {
        int at = 2 * (row * n + col);
        z[at] = (float) normal.inverseCumulativeProbability((col + 0.5) / n);
        z[at + 1] = (float) normal.inverseCumulativeProbability(1 - (row + 0.5) / n);
      }
    }
    return z;
  }

  /**
   * Equal steps along the line between two points, both included.
   *
   * @param ends [2, latent]
   */
  public static float[] line(float[] ends, int steps) {
    int latent = ends.length / 2;
    float[] z = new float[steps * latent];
    for (int i = 0; i < steps; i++) {
      float share = (float) i / (steps - 1);
      for (int d = 0; d < latent; d++) {
        z[i * latent + d] = ends[d] * (1 - share) + ends[latent + d] * share;
      }
    }
    return z;
  }
}
