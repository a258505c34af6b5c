package vaeocl.opencl.cpu;

/**
 * Whether a plan's steps run joined into one launch or kernel by kernel, by how long they took
 * last. Joined is faster on an idle machine; on a busy one a thread that lost its processor keeps
 * the others waiting. Numbers are the same to the bit.
 */
final class LaunchPolicy {
  /** Joined may seem so many times slower by chance. */
  private static final double MUCH = 1.4;

  /** So many runs in a row must be slow: one alone is a hiccup. */
  private static final int IN_A_ROW = 2;

  /** Runs kernel by kernel, at the most, before joined is tried again. */
  private static final int LONGEST = 16;

  /** Steps from which a run says something of either. */
  private static final int ENOUGH = 8;

  private boolean joinedRan;
  private boolean singleRan;
  private double joined = Double.NaN;
  private double single = Double.NaN;
  private int slow;
  private int patience = 1;
  private int left;

  /** The way to take next; drivers compile a kernel when it first runs, so each has its turn. */
  boolean joined() {
    if (!joinedRan || !singleRan) {
      return !joinedRan;
    }
    if (Double.isNaN(joined) || Double.isNaN(single)) {
      return Double.isNaN(joined);
    }
    return left == 0;
  }

  /** Takes down a run. */
  void took(boolean wasJoined, int steps, double seconds) {
    joinedRan |= wasJoined;
    singleRan |= !wasJoined;
    if (steps < ENOUGH) {
      return;
    }
    if (wasJoined) {
      joined = seconds / steps;
    } else {
      single = seconds / steps;
      left = Math.max(0, left - 1);
    }
    if (wasJoined && joined > MUCH * single) {
      slow++;
      if (slow >= IN_A_ROW) {
        left = patience;
        patience = Math.min(LONGEST, 2 * patience);
      }
    } else if (wasJoined) {
      slow = 0;
      patience = 1;
    }
  }
}
