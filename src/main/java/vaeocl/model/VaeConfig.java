package vaeocl.model;

import java.util.Locale;

/**
 * What defines a training run, apart from its data and device.
 *
 * @param hidden width of the hidden layers
 * @param latent dimensions of z
 * @param batchSize images in a step
 * @param learningRate Adam's
 * @param beta weight of the KL divergence in the loss
 * @param seed of the weights, the order of images and all noise
 */
public record VaeConfig(
    int hidden, int latent, int batchSize, double learningRate, double beta, long seed) {
  /** Far beyond any use, and far from overflowing a count of elements in a row. */
  private static final int WIDEST = 1_000_000;

  /** The experiment's. */
  public static final VaeConfig DEFAULT = new VaeConfig(400, 2, 128, 1e-3, 1, 1);

  public VaeConfig {
    require(hidden >= 1 && hidden <= WIDEST, "hidden width must be 1 to " + WIDEST, hidden);
    require(latent >= 1 && latent <= WIDEST, "latent size must be 1 to " + WIDEST, latent);
    require(batchSize >= 1, "batch size must be at least 1", batchSize);
    boolean rate = Double.isFinite(learningRate) && learningRate > 0;
    require(rate, "learning rate must be a positive number", learningRate);
    require(Double.isFinite(beta) && beta >= 0, "beta must be 0 or more", beta);
  }

  private static void require(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "%s, not %s", rule, value));
    }
  }
}
