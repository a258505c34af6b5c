package vaeocl.ops;

/**
 * Consecutive batches for a plan to run.
 *
 * @param step number of the first one since training began, from 0: noise and Adam's t = step + 1
 *     follow it
 * @param slot the first one's row in the slots
 * @param start the first one's first row in the order; batch i begins i batch sizes later
 * @param count how many
 */
public record Batches(long step, int slot, int start, int count) {
  public Batches {
    if (step < 0 || slot < 0 || start < 0 || count < 1) {
      throw new IllegalArgumentException(
          "batches: step " + step + ", slot " + slot + ", start " + start + ", count " + count);
    }
  }
}
