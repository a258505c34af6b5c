package vaeocl.model;

/**
 * An epoch of training, per image; NaN where there is no such figure.
 *
 * @param loss recon + beta·kl + freeBits, or the importance-weighted bound
 * @param recon the likelihood's loss of the reconstructions, its constants included; NaN where the
 *     bound stands alone
 * @param kl the divergence, without beta
 * @param freeBits what free bits add to the loss
 * @param beta that was in force; NaN in lines of versions that did not say
 * @param variance of a Gaussian likelihood as the epoch leaves it; else NaN
 * @param seconds of training alone
 */
public record EpochLoss(
    double loss,
    double recon,
    double kl,
    double freeBits,
    double beta,
    double variance,
    double seconds) {}
