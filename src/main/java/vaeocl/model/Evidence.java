package vaeocl.model;

import vaeocl.ops.Likelihood;

/**
 * What an evaluation says of log p(x), in nats per image: at least ELBO = −recon − KL + a constant
 * of the likelihood.
 *
 * @param recon the loss of the reconstruction, as training counts it
 * @param kl the divergence, without beta
 * @param elbo the evidence lower bound
 * @param likelihood in words
 */
public record Evidence(double recon, double kl, double elbo, String likelihood) {
  /**
   * From the figures of an evaluation.
   *
   * @param mse mean squared error of a pixel
   * @param kl per image
   */
  public static Evidence of(Likelihood likelihood, double mse, double kl, int pixels) {
    return switch (likelihood) {
      case SQUARED_ERROR -> {
        // A Gaussian of variance 1/2 but for its constant, ½·ln(π) a pixel.
        double recon = mse * pixels;
        double elbo = -recon - kl - 0.5 * pixels * Math.log(Math.PI);
        yield new Evidence(recon, kl, elbo, "Gaussian, variance 1/2");
      }
    };
  }
}
