package vaeocl.ops;

/**
 * What the terms of a loss count while batches run; they may change from epoch to epoch, the
 * operations do not.
 *
 * @param beta of the divergence
 * @param recon of the reconstruction: 1 / 2σ² for a Gaussian, whose pixels' loss is squared error
 */
public record LossWeights(double beta, double recon) {
  /** Each term as it is. */
  public static final LossWeights ONE = new LossWeights(1, 1);

  public LossWeights {
    if (!(beta >= 0) || !(recon > 0) || !Double.isFinite(beta) || !Double.isFinite(recon)) {
      throw new IllegalArgumentException("weights of the loss: " + beta + ", " + recon);
    }
  }
}
