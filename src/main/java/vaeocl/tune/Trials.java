package vaeocl.tune;

import java.time.Duration;
import vaeocl.opencl.plan.Tiling;

/** What a search asks of a tiling, one question at a time. None waits longer than its limit. */
public interface Trials {
  /** How much is measured, or checked. */
  enum Depth {
    /** Enough to tell who is worth more. */
    FIRST,
    /** What decides: a net that was trained a little, every case of the check. */
    LAST
  }

  /**
   * Builds the kernels of a training step.
   *
   * @return bytes of work-items' private memory, of all kernels together, as the driver says
   */
  long build(Tiling tiling, Duration limit) throws RejectedException;

  /** Holds what it computes against the reference. */
  void check(Tiling tiling, Depth depth, Duration limit) throws RejectedException;

  /** Measures training steps beside the default tiling's. */
  Timing time(Tiling tiling, Depth depth, Duration limit) throws RejectedException;
}
