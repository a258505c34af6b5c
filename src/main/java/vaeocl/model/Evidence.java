package vaeocl.model;

import java.util.Locale;
import java.util.Map;
import vaeocl.ops.Likelihood;

/**
 * What an evaluation says of log p(x), in nats per image: at least ELBO = −recon − KL, and what a
 * squared error leaves out.
 *
 * @param recon the loss of the reconstruction, as training counts it
 * @param kl the divergence, without beta
 * @param elbo the evidence lower bound
 * @param bitsPerDim the negative of it, in bits a pixel; NaN where it has none
 * @param likelihood in words
 */
public record Evidence(double recon, double kl, double elbo, double bitsPerDim, String likelihood) {
  /** A density of pixels in [0, 1] is 256 times one of their 256 steps. */
  private static final double STEPS = Math.log(256);

  /**
   * From the losses of an evaluation.
   *
   * @param error the likelihood's loss of an image, without weight or constant
   * @param kl per image
   * @param binary whether all pixels are 0 or 1
   */
  public static Evidence of(SavedModel model, double error, double kl, boolean binary) {
    VaeConfig config = model.config();
    int pixels = model.height() * model.width();
    double recon = new Criterion(config, pixels).recon(error, model.variance());
    double elbo = -recon - kl - missing(config.likelihood(), pixels);
    return new Evidence(
        recon, kl, elbo, bits(config.likelihood(), elbo, pixels, binary), words(model, binary));
  }

  /** What the likelihood's loss leaves out: ½ ln π a pixel of a Gaussian of variance 1/2. */
  public static double missing(Likelihood likelihood, int pixels) {
    return likelihood == Likelihood.MSE ? 0.5 * pixels * Math.log(Math.PI) : 0;
  }

  /** Bits a pixel, of a density for steps of 1/256; grey pixels have no Bernoulli likelihood. */
  public static double bits(Likelihood likelihood, double elbo, int pixels, boolean binary) {
    double bits = -elbo / pixels / Math.log(2);
    return switch (likelihood) {
      case BERNOULLI -> binary ? bits : Double.NaN;
      case MSE, GAUSSIAN, CONTINUOUS_BERNOULLI -> bits + STEPS / Math.log(2);
    };
  }

  /** The figure for a program: null where there is none, without a warning. */
  public static void put(Map<String, Object> values, String key, double bits) {
    values.put(key, Double.isNaN(bits) ? null : (Object) bits);
  }

  /** The figure for people, behind others; "" where there is none. */
  public static String bitsText(double bits) {
    return Double.isNaN(bits) ? "" : String.format(Locale.ROOT, " | %.4f bits a pixel", bits);
  }

  private static String words(SavedModel model, boolean binary) {
    return switch (model.config().likelihood()) {
      case MSE -> "Gaussian, variance 1/2";
      case GAUSSIAN -> String.format(Locale.ROOT, "Gaussian, variance %.5f", model.variance());
      case BERNOULLI -> binary ? "Bernoulli" : "Bernoulli of grey pixels, no density";
      case CONTINUOUS_BERNOULLI -> "continuous Bernoulli";
    };
  }
}
