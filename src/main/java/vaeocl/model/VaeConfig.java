package vaeocl.model;

import java.util.List;
import java.util.Locale;

/**
 * What defines a training run, apart from its data and device.
 *
 * @param hidden widths of the hidden layers, from the images to z; the decoder has them in reverse
 * @param latent dimensions of z
 * @param batchSize images in a step
 * @param learningRate Adam's
 * @param beta weight of the KL divergence in the loss
 * @param seed of the weights, the order of images and all noise
 */
public record VaeConfig(
    List<Integer> hidden, int latent, int batchSize, double learningRate, double beta, long seed) {
  /** Far beyond any use, and far from overflowing a count of elements in a row. */
  private static final int WIDEST = 1_000_000;

  private static final int DEEPEST = 16;

  /** The experiment's. */
  public static final VaeConfig DEFAULT = new VaeConfig(List.of(400), 2, 128, 1e-3, 1, 1);

  public VaeConfig {
    hidden = List.copyOf(hidden);
    require(
        !hidden.isEmpty() && hidden.size() <= DEEPEST,
        "hidden layers must be 1 to " + DEEPEST,
        hidden.size());
    for (int width : hidden) {
      require(width >= 1 && width <= WIDEST, "hidden width must be 1 to " + WIDEST, width);
    }
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
