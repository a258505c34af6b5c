package vaeocl.ops;

/**
 * Adam's constants (Kingma and Ba, 2015), as PyTorch applies them: eps is added outside the square
 * root, both moments are bias-corrected.
 */
public record Adam(double learningRate, double beta1, double beta2, double eps) {
  /** The usual constants. */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8);
  }

  /** The step length of step t = 1, 2, …: learningRate / (1 − beta1ᵗ). */
  public double stepSize(long t) {
    return learningRate / (1 - Math.pow(beta1, (double) t));
  }

  /** What √v is multiplied by at step t: 1 / √(1 − beta2ᵗ). */
  public double rootScale(long t) {
    return 1 / Math.sqrt(1 - Math.pow(beta2, (double) t));
  }
}
