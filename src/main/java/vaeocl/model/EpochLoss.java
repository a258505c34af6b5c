package vaeocl.model;

/**
 * An epoch of training.
 *
 * @param recon Σ (recon − x)² over all images, per image
 * @param kl the divergence, without beta, per image
 * @param loss recon + beta·kl
 * @param seconds of training alone
 */
public record EpochLoss(double loss, double recon, double kl, double seconds) {}
