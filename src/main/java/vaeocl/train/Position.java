package vaeocl.train;

/**
 * How far a training has come. Everything else that a step depends on (order, noise, Adam's t)
 * follows from it and the seed.
 *
 * @param epoch finished epochs
 * @param step steps done of the epoch under way
 * @param error Σ (recon − x)² over these steps
 * @param kl the divergence over these steps, without beta
 * @param seconds these steps took
 */
public record Position(int epoch, int step, double error, double kl, double seconds) {
  /** Before the first step. */
  public static final Position START = startOf(0);

  public Position {
    boolean sums = Double.isFinite(error) && Double.isFinite(kl) && Double.isFinite(seconds);
    if (epoch < 0 || step < 0 || seconds < 0 || !sums) {
      throw new IllegalArgumentException("no position in a training: " + epoch + ", " + step);
    }
  }

  /** Before the first step of an epoch, counted from 0. */
  public static Position startOf(int epoch) {
    return new Position(epoch, 0, 0, 0, 0);
  }
}
