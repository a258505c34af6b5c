package vaeocl.ops;

/**
 * How well a reconstruction explains a pixel: a loss of the logit, for recon = sigmoid(logit), and
 * its gradient. {@code kernels/lib/likelihood.cl} has the same formulas.
 */
public enum Likelihood {
  /** (recon − x)²: a Gaussian of variance 1/2 without its constant. */
  MSE(0) {
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
  },

  /** −x·ln recon − (1 − x)·ln(1 − recon) = softplus(logit) − x·logit, also of grey pixels. */
  BERNOULLI(1) {
    @Override
    public double loss(double logit, double x) {
      return Activation.SOFTPLUS.value(logit) - x * logit;
    }

    @Override
    public double gradient(double logit, double x) {
      return Activation.SIGMOID.value(logit) - x;
    }
  },

  /**
   * Bernoulli's with the normaliser that makes it a density on [0, 1] (Loaiza-Ganem and Cunningham,
   * "The continuous Bernoulli: fixing a pervasive error in variational autoencoders", 2019): ln(
   * (exp(logit) − 1) / logit) − x·logit.
   */
  CONTINUOUS_BERNOULLI(2) {
    @Override
    public double loss(double logit, double x) {
      double a = Math.abs(logit);
      double shrink = a == 0 ? 1 : -Math.expm1(-a) / a;
      return Math.max(logit, 0) - x * logit + Math.log(shrink);
    }

    /** The mean of the density less x; near 0, where it is a difference of poles, by its series. */
    @Override
    public double gradient(double logit, double x) {
      double square = logit * logit;
      double mean =
          Math.abs(logit) < 0.03
              ? 0.5 + logit / 12 * (1 - square / 60 * (1 - square / 42))
              : -1 / Math.expm1(-logit) - 1 / logit;
      return mean - x;
    }
  },

  /**
   * A Gaussian around recon with one variance for all pixels. To kernels it is {@link #MSE}: what
   * the variance adds is {@link LossWeights#recon} and a constant.
   */
  GAUSSIAN(0) {
    @Override
    public double loss(double logit, double x) {
      return MSE.loss(logit, x);
    }

    @Override
    public double gradient(double logit, double x) {
      return MSE.gradient(logit, x);
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

  /** The loss of one pixel x in [0, 1]. */
  public abstract double loss(double logit, double x);

  /** Its derivative by the logit. */
  public abstract double gradient(double logit, double x);
}
