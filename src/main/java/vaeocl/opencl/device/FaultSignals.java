package vaeocl.opencl.device;

/**
 * Gives the virtual machine its fault signals back. It needs SIGSEGV itself: threads stop at a
 * forbidden page for garbage collection. Drivers that bring LLVM put a handler before the machine's
 * own, Mesa's as soon as they are listed, PoCL whenever it builds a program. It steps back at the
 * first signal; but when two threads stop at once, the second signal comes before that is done and
 * ends the process without a word. So the first signal is provoked here, where one thread runs
 * alone.
 */
public final class FaultSignals {
  /** What an interpreter does not test for null, but reads from and waits for the fault. */
  private static final int[][] NOTHING = new int[1][];

  private FaultSignals() {}

  /** To be called after drivers were loaded or may have compiled, before threads may run beside. */
  public static void restore() {
    try {
      if (NOTHING[0].length > 0) {
        throw new IllegalStateException("null has no length");
      }
    } catch (NullPointerException expected) {
      // The fault was caught, if not by the machine's handler, then by it at the second try.
    }
  }
}
