package vaeocl.model;

import vaeocl.ops.Likelihood;
import vaeocl.ops.LossWeights;

/**
 * What a training minimises, epoch by epoch: the weights of the loss's terms, and the loss that its
 * sums make. Epochs count from 0.
 *
 * @param pixels of an image
 */
public record Criterion(VaeConfig config, int pixels) {
  /** At which a Gaussian's loss is the squared error, but for a constant. */
  private static final double HALF = 0.5;

  /** The weight of the divergence once it has risen. */
  public double fullBeta() {
    return config.objective() == Objective.AE ? 0 : config.beta();
  }

  /** The weight of the divergence in an epoch. */
  public double beta(int epoch) {
    return fullBeta() * Math.min(1, rise(epoch));
  }

  /** How far beta has risen from 0, as a share of the whole: linearly, to 1 and beyond. */
  private double rise(int epoch) {
    if (config.klWarmup() > 0) {
      return (double) epoch / config.klWarmup();
    }
    return config.klCycle() > 0 ? 2.0 * (epoch % config.klCycle()) / config.klCycle() : 1;
  }

  /** A Gaussian's variance before any image was seen: the given one, or 1/2. */
  public double firstVariance() {
    return config.sigma() > 0 ? config.sigma() * config.sigma() : HALF;
  }

  /**
   * The weights in an epoch.
   *
   * @param variance of a Gaussian in that epoch
   */
  public LossWeights weights(int epoch, double variance) {
    return new LossWeights(beta(epoch), gaussian() ? 1 / (2 * variance) : 1);
  }

  /**
   * An epoch's loss per image.
   *
   * @param variance of a Gaussian in that epoch
   */
  public EpochLoss loss(LossSums sums, int images, int epoch, double variance, double seconds) {
    double error = sums.error() / images;
    double kl = sums.kl() / images;
    double beta = beta(epoch);
    if (config.objective() == Objective.IWAE) {
      double bound = error + (gaussian() ? constant(variance) : 0);
      return new EpochLoss(bound, Double.NaN, kl, 0, beta, left(error, variance), seconds);
    }
    double recon = recon(error, variance);
    double extra = beta * sums.extra() / images;
    double loss = recon + beta * kl + extra;
    return new EpochLoss(loss, recon, kl, extra, beta, left(error, variance), seconds);
  }

  /** The Gaussian's variance behind an epoch: the best for its errors, unless it is given. */
  private double left(double error, double variance) {
    if (!gaussian()) {
      return Double.NaN;
    }
    // A perfect reconstruction's is 0, whose inverse would be no number.
    return config.sigma() > 0 ? variance : Math.max(error / pixels, Float.MIN_NORMAL);
  }

  /**
   * The reconstruction's part of the loss.
   *
   * @param error the likelihood's loss of an image
   * @param variance of a Gaussian
   */
  public double recon(double error, double variance) {
    return gaussian() ? error / (2 * variance) + constant(variance) : error;
  }

  /** ½ ln(2πσ²) for each pixel: what a Gaussian's density adds to its squares. */
  private double constant(double variance) {
    return HALF * pixels * Math.log(2 * Math.PI * variance);
  }

  private boolean gaussian() {
    return config.likelihood() == Likelihood.GAUSSIAN;
  }
}
