package vaeocl.compare;

/**
 * What a model loses on images that it was not trained on, in nats per image.
 *
 * @param recon of the likelihood, its constants included
 * @param kl without beta
 * @param negativeElbo recon + kl and what a squared error leaves out: the negative of the evidence
 *     lower bound at beta 1
 * @param bits the same in bits a pixel; NaN where there is no such figure
 */
public record Losses(double recon, double kl, double negativeElbo, double bits) {
  /** Of images that there are none of. */
  static final Losses NONE = new Losses(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
