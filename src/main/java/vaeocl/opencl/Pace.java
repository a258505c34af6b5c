package vaeocl.opencl;

/**
 * Whether a plan's steps run joined into one launch or kernel by kernel, by how long they took
 * last. Joined is faster on an idle machine; on a busy one a thread that lost its processor keeps
 * the others waiting. Numbers are the same to the bit.
 */
final class Pace {
  /** Joined may seem so many times slower by chance. */
  private static final double MUCH = 1.4;

  /** Runs after which joined is tried again. */
  private static final int AGAIN = 16;

  /** Steps from which a run says something of either. */
  private static final int ENOUGH = 8;

  private boolean joinedRan;
  private boolean singleRan;
  private double joined = Double.NaN;
  private double single = Double.NaN;
  private int runs;

  /** The way to take next; drivers compile a kernel when it first runs, so each has its turn. */
  boolean joined() {
    if (!joinedRan || !singleRan) {
      return !joinedRan;
    }
    if (Double.isNaN(joined) || Double.isNaN(single)) {
      return Double.isNaN(joined);
    }
    return joined <= MUCH * single || ++runs % AGAIN == 0;
  }

  /** Takes down a run. */
  void took(boolean wasJoined, int steps, double seconds) {
    joinedRan |= wasJoined;
    singleRan |= !wasJoined;
    if (steps >= ENOUGH && wasJoined) {
      joined = seconds / steps;
    } else if (steps >= ENOUGH) {
      single = seconds / steps;
    }
  }
}
