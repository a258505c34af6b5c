package vaeocl.train;

import java.util.Locale;

/** The loss is not a finite number any more: training cannot go on. */
public final class LossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A parameter is not finite after a step, both counted from 1. */
  LossException(int epoch, long step, String parameter) {
    super(
        String.format(
            Locale.ROOT, "%s is not finite after step %d, in epoch %d", parameter, step, epoch));
  }

  /** The figures of the test images are not finite after a step, both counted from 1. */
  LossException(int epoch, long step) {
    super(
        String.format(
            Locale.ROOT,
            "the net overflows for test images after step %d, in epoch %d",
            step,
            epoch));
  }

  /**
   * @param epoch from 1
   * @param step from 1, since training began
   */
  LossException(int epoch, long step, double error, double kl) {
    super(
        String.format(
            Locale.ROOT,
            "the loss is not finite at step %d, in epoch %d (recon %s, KL %s)",
            step,
            epoch,
            error,
            kl));
  }
}
