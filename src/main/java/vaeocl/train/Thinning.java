package vaeocl.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which epochs a film keeps, as they come and without knowing how many will: 0 and the newest
 * always, never more than a number, and all below that. When there are too many, every second goes,
 * one with each new epoch, and they go evenly: at any time no two neighbours but the last are more
 * than twice as far apart as others. What is kept after an epoch depends on that epoch alone, so
 * that a run that was interrupted, or made longer, keeps what others do.
 */
final class Thinning {
  /** Multiples of the golden section leave even gaps, however many there are. */
  private static final double GOLDEN = 0.618033988749895;

  private final int most;
  private final List<Integer> kept = new ArrayList<>();
  private int next;

  Thinning(int most) {
    this.most = most;
  }

  /**
   * The slot of an epoch's frame, from 0: a new one, or that of the epoch that is dropped for it.
   * Epochs come in their order; those left out are taken as seen.
   */
  int slot(int epoch) {
    int slot = -1;
    for (; next <= epoch; next++) {
      slot = add(next);
    }
    return slot < 0 ? kept.indexOf(epoch) : slot;
  }

  private int add(int epoch) {
    if (kept.size() < most) {
      kept.add(epoch);
      return kept.size() - 1;
    }
    int dropped = kept.stream().min(Comparator.comparingDouble(Thinning::rank)).orElseThrow();
    int slot = kept.indexOf(dropped);
    kept.set(slot, epoch);
    return slot;
  }

  /** Those with the least go first: odd ones before those that 2 divides, and so on. */
  private static double rank(int epoch) {
    int twos = Integer.numberOfTrailingZeros(epoch);
    return twos + 1 - (epoch >>> Math.min(31, twos + 1)) * GOLDEN % 1;
  }

  /** What is kept, rising. */
  List<Integer> kept() {
    return kept.stream().sorted().toList();
  }
}
