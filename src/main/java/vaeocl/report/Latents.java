package vaeocl.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import vaeocl.model.LatentUse;

/**
 * The encoded test set.
 *
 * @param size dimensions of z
 * @param mu means, [count, size], all finite
 * @param logvar logarithms of the variances, [count, size]; null where not all are finite
 * @param kl KL divergence of each dimension from the prior, in nats, a mean over the test set; null
 *     where variances are missing
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not copied
record Latents(int size, int count, float[] mu, float[] logvar, double[] kl) {
  static Latents of(float[] mu, float[] logvar, int count) {
    int size = mu.length / count;
    double[] kl = logvar == null ? new double[] {Double.NaN} : LatentUse.of(mu, logvar, size).kl();
    boolean finite = Arrays.stream(kl).allMatch(Double::isFinite);
    return new Latents(size, count, mu, finite ? logvar : null, finite ? kl : null);
  }

  /** The dimensions by falling KL divergence; in their own order where that is not known. */
  int[] byKl() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingDouble(d -> kl == null ? 0 : -kl[d]))
        .mapToInt(d -> d)
        .toArray();
  }

  /** The mean of picture {@code index}, [size]. */
  float[] row(int index) {
    float[] row = new float[size];
    System.arraycopy(mu, index * size, row, 0, size);
    return row;
  }

  /** KL divergence of picture {@code index} from the prior, in nats. */
  double kl(int index) {
    double sum = 0;
    for (int i = index * size; i < (index + 1) * size; i++) {
      sum += 0.5 * ((double) mu[i] * mu[i] + Math.exp(logvar[i]) - 1 - logvar[i]);
    }
    return sum;
  }

  /** The name of a dimension on axes: people count from 1. */
  static String name(int dimension) {
    return "z" + (dimension + 1);
  }
}
