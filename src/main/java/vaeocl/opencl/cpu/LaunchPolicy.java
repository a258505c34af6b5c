package vaeocl.opencl.cpu;

/**
 * Whether steps run joined into one launch or kernel by kernel. Joined is faster on an idle
 * machine; on a busy one a thread that lost its processor keeps the others waiting. Joined steps
 * stop by themselves when that happens, so an attempt costs a step or two: after one that stopped,
 * some steps run apart before the next, twice as many each time.
 */
final class LaunchPolicy {
  /** Steps apart after a first stop, which may be a hiccup. */
  private static final int FEW = 2;

  /** Steps apart, at the most, before joined is tried again. */
  private static final int MOST = 512;

  private int patience = FEW;
  private int apart;
  private boolean apartRan;
  private boolean joinedRan;

  /** Steps to run kernel by kernel now; 0 if joined. */
  int apart() {
    // A driver compiles a kernel when it first runs, so each way has its turn.
    return joinedRan && !apartRan ? 1 : apart;
  }

  /** Takes note of steps that ran kernel by kernel. */
  void ranApart(int steps) {
    apartRan = true;
    apart = Math.max(0, apart - steps);
  }

  /** Takes note of an attempt to run steps joined. */
  void ranJoined(int asked, int ran) {
    joinedRan = true;
    if (ran < asked) {
      apart = patience;
      patience = Math.min(MOST, 2 * patience);
    } else {
      patience = Math.max(FEW, patience / 2);
    }
  }
}
