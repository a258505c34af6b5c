package vaeocl.reference;

import vaeocl.ops.Activation;
import vaeocl.ops.Likelihood;

/**
 * What one pixel costs, its derivative by the logit, and the bounds of both.
 *
 * @param magnitude of the terms that cancel in the value
 */
record Loss(double value, double magnitude, double bound, double gradient, double gradientBound) {
  /** The largest slopes of a mean by its logit, of a Bernoulli variable and of a continuous one. */
  private static final double BERNOULLI = 0.25;

  private static final double CONTINUOUS = 1.0 / 12;

  /** Of a logit ± off and a pixel x ± xOff. */
  static Loss of(Likelihood f, double logit, double off, double x, double xOff) {
    double value = f.loss(logit, x);
    double gradient = f.gradient(logit, x);
    return switch (f) {
      case MSE, GAUSSIAN -> {
        // r = sigmoid(logit) is off by so much,
        double r = Activation.SIGMOID.value(logit);
        double rOff = r * (1 - r) * off + Rounding.functions(r) + xOff;
        double difference = Math.abs(r - x);
        // and |d(2(r − x)r(1 − r))/dr| = |2r(1 − r) + 2(r − x)(1 − 2r)| ≤ ½ + 2|r − x|.
        double gradientOff = (0.5 + 2 * difference) * rOff + Rounding.functions(0.5);
        yield new Loss(value, value, 2 * difference * rOff, gradient, gradientOff);
      }
      case BERNOULLI -> exponential(value, gradient, BERNOULLI, logit, off, xOff);
      case CONTINUOUS_BERNOULLI -> exponential(value, gradient, CONTINUOUS, logit, off, xOff);
    };
  }

  /** A loss A(logit) − x·logit, whose gradient is A′ − x, both terms up to 1. */
  private static Loss exponential(
      double value, double gradient, double slope, double logit, double off, double xOff) {
    double magnitude = 1 + Math.abs(logit);
    double valueOff =
        Math.abs(gradient) * off + Math.abs(logit) * xOff + Rounding.functions(magnitude);
    return new Loss(
        value, magnitude, valueOff, gradient, slope * off + xOff + Rounding.functions(1));
  }
}
