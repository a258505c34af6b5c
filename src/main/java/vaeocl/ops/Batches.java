package vaeocl.ops;

/**
 * Consecutive batches for a plan to run.
 *
 * @param step number of the first one since training began, from 0: noise and Adam's t = step + 1
 *     follow it
 * @param slot the first one's row in the slots
 * @param start the first one's first row in the order; batch i begins i batch sizes later
 * @param count how many
 * @param weights of the loss's terms in all of them
 */
public record Batches(long step, int slot, int start, int count, LossWeights weights) {
  public Batches {
    if (step < 0 || slot < 0 || start < 0 || count < 1) {
      throw new IllegalArgumentException(
          "batches: step " + step + ", slot " + slot + ", start " + start + ", count " + count);
    }
  }

  /** Batches without a loss, or with one whose terms count as they are. */
  public Batches(long step, int slot, int start, int count) {
    this(step, slot, start, count, LossWeights.ONE);
  }

  /**
   * Some of these.
   *
   * @param first the first of them, counted from 0
   * @param rows of a batch
   */
  public Batches part(int first, int some, int rows) {
    return new Batches(step + first, slot + first, start + first * rows, some, weights);
  }
}
