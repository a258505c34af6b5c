package vaeocl.model;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Which dimensions of the latent space carry something of the images.
 *
 * @param kl divergence from the prior of each, in nats, a mean over images
 * @param variance of mu over images, of each
 */
@SuppressWarnings("ArrayRecordComponent") // made here and only read
public record LatentUse(double[] kl, double[] variance) {
  /** A unit is active where the variance of its mean is larger (Burda et al., 2016). */
  private static final double ACTIVE = 0.01;

  private static final int MOST_NAMED = 8;

  /**
   * Of encoded images.
   *
   * @param mu [N, latent]
   * @param logvar [N, latent]
   */
  public static LatentUse of(float[] mu, float[] logvar, int latent) {
    int count = mu.length / latent;
    double[] kl = new double[latent];
    double[] mean = new double[latent];
    double[] variance = new double[latent];
    for (int i = 0; i < mu.length; i++) {
      double m = mu[i];
      kl[i % latent] += 0.5 * (m * m + Math.exp(logvar[i]) - 1 - logvar[i]) / count;
      mean[i % latent] += m / count;
    }
    for (int i = 0; i < mu.length; i++) {
      double off = mu[i] - mean[i % latent];
      variance[i % latent] += off * off / count;
    }
    return new LatentUse(kl, variance);
  }

  /** Of images that a net encodes. */
  public static LatentUse of(Codec codec, Rows images) {
    float[] codes = codec.encode(images);
    int latent = codec.latent();
    return of(Codec.mu(codes, latent), Codec.logvar(codes, latent), latent);
  }

  /** How many dimensions are active. */
  public int active() {
    int active = 0;
    for (int d = 0; d < variance.length; d++) {
      active += isActive(d) ? 1 : 0;
    }
    return active;
  }

  /** Whether a dimension is, counted from 0. */
  public boolean isActive(int d) {
    return variance[d] > ACTIVE;
  }

  /** " z1 2.31, z2 0.00": the divergence of every dimension. */
  public String text() {
    StringJoiner text = new StringJoiner(", ", " ", "");
    for (int d = 0; d < kl.length; d++) {
      text.add(String.format(Locale.ROOT, "z%d %.4f", d + 1, kl[d]));
    }
    return text.toString();
  }

  /** What to say of dimensions that are not, and what to try; nothing where all are. */
  public Optional<String> collapse() {
    int unused = variance.length - active();
    if (unused == 0) {
      return Optional.empty();
    }
    StringJoiner names = new StringJoiner(", ");
    int named = 0;
    for (int d = 0; d < variance.length && named < MOST_NAMED; d++) {
      if (!isActive(d)) {
        names.add(String.format(Locale.ROOT, "z%d with a KL of %.4f", d + 1, kl[d]));
        named++;
      }
    }
    return Optional.of(
        unused
            + " of "
            + variance.length
            + (variance.length == 1 ? " dimension is" : " dimensions are")
            + " unused ("
            + names
            + (unused > named ? " ..." : "")
            + "): posterior collapse; try --beta 0.5 or --kl-warmup 5");
  }
}
