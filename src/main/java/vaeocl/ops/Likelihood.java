package vaeocl.ops;

import java.util.Locale;

/**
 * How well a reconstruction explains a pixel: a loss of the logit, for recon = sigmoid(logit), and
 * its gradient. {@code kernels/lib/likelihood.cl} has the same formulas.
 */
public enum Likelihood {
  /** (recon − x)²: up to a constant a Gaussian of variance 1/2. */
  SQUARED_ERROR(0) {
    @Override
    public double loss(double logit, double x) {
      double difference = Activation.SIGMOID.value(logit) - x;
      return difference * difference;
    }

    @Override
    public double gradient(double logit, double x) {
      double recon = Activation.SIGMOID.value(logit);
      return 2 * (recon - x) * recon * (1 - recon);
    }
  };

  private final int code;

  Likelihood(int code) {
    this.code = code;
  }

  /** The number by which the kernels know it. */
  public int code() {
    return code;
  }

  /** What files call it: "squared-error". */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The loss of one pixel x in [0, 1]. */
  public abstract double loss(double logit, double x);

  /** Its derivative by the logit. */
  public abstract double gradient(double logit, double x);
}
