package vaeocl.model;

/**
 * All figures of an epoch.
 *
 * @param epoch from 1
 * @param sampled test figures with sampled z, as the experiment defines them
 * @param mean test figures with z = mu
 * @param evaluationSeconds for both together
 */
public record EpochResult(
    int epoch, EpochLoss training, Figures sampled, Figures mean, double evaluationSeconds) {}
