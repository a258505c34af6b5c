package vaeocl.ops;

/**
 * Adam's constants (Kingma and Ba, 2015), as PyTorch applies them: eps is added outside the square
 * root, both moments are bias-corrected.
 *
 * @param cosine steps over which the learning rate falls to 0 as half a cosine; 0 if it stays
 */
public record Adam(double learningRate, double beta1, double beta2, double eps, long cosine) {
  /** The usual constants. */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /** The same with a learning rate that falls to 0 over so many steps. */
  public Adam falling(long steps) {
    return new Adam(learningRate, beta1, beta2, eps, steps);
  }

  /** The learning rate of step t = 1, 2, …: learningRate·½(1 + cos(π(t − 1)/steps)) if it falls. */
  double rate(long t) {
    return cosine == 0
        ? learningRate
        : learningRate * 0.5 * (1 + Math.cos(Math.PI * Math.min(t - 1, cosine) / cosine));
  }

  /** The step length of step t = 1, 2, …: its learning rate / (1 − beta1ᵗ). */
  public double stepSize(long t) {
    return rate(t) / (1 - Math.pow(beta1, (double) t));
  }

  /** What √v is multiplied by at step t: 1 / √(1 − beta2ᵗ). */
  public double rootScale(long t) {
    return 1 / Math.sqrt(1 - Math.pow(beta2, (double) t));
  }
}
