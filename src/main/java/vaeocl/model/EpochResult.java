package vaeocl.model;

/**
 * All figures of an epoch.
 *
 * @param epoch from 1
 * @param sampled test figures with sampled z, as the experiment defines them
 * @param mean test figures with z = mu
 * @param validation loss of the images set aside, at the run's full beta; NaN without any
 * @param evaluationSeconds for all of them together
 */
public record EpochResult(
    int epoch,
    EpochLoss training,
    Figures sampled,
    Figures mean,
    double validation,
    double evaluationSeconds) {}
