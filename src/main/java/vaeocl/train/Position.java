package vaeocl.train;

import vaeocl.model.LossSums;

/**
 * How far a training has come. Everything else that a step depends on (order, noise, Adam's t)
 * follows from it and the seed.
 *
 * @param epoch finished epochs
 * @param step steps done of the epoch under way
 * @param sums of these steps
 * @param variance of a Gaussian likelihood in that epoch
 * @param seconds these steps took
 */
public record Position(int epoch, int step, LossSums sums, double variance, double seconds) {
  public Position {
    boolean numbers = sums.finite() && Double.isFinite(seconds) && Double.isFinite(variance);
    if (epoch < 0 || step < 0 || seconds < 0 || variance <= 0 || !numbers) {
      throw new IllegalArgumentException("no position in a training: " + epoch + ", " + step);
    }
  }

  /** Before the first step of an epoch, counted from 0. */
  public static Position startOf(int epoch, double variance) {
    return new Position(epoch, 0, LossSums.NONE, variance, 0);
  }
}
