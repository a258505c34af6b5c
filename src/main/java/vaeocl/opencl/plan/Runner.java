package vaeocl.opencl.plan;

/** A way to run the launches of a plan. */
public interface Runner extends AutoCloseable {
  /** Runs them for a run's batches from a number on; may return before the work is done. */
  void run(int first, int count);

  /** First runs that may compile something. */
  default int coldRuns() {
    return 1;
  }

  /** Whether threads share what would be launches by itself, as parts of one. */
  default boolean joined() {
    return false;
  }

  @Override
  default void close() {}
}
