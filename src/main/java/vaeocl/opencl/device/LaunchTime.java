package vaeocl.opencl.device;

import vaeocl.ops.Launch;

/**
 * When a launch ran, or what one thread did of it where many run as one; by the device's clock in
 * nanoseconds.
 *
 * @param thread which of the device's threads ran it, where that is known; else 0
 * @param queued the host put it into the queue, or the thread began to wait for it
 * @param start it began
 * @param end it was done
 */
public record LaunchTime(Launch launch, int thread, long queued, long start, long end) {
  /** How long it ran, ns. */
  public long duration() {
    return end - start;
  }

  /** How long it waited before it ran, ns. */
  public long waited() {
    return start - queued;
  }

  /** The same on another clock. */
  public LaunchTime on(java.util.function.LongUnaryOperator clock) {
    return new LaunchTime(
        launch,
        thread,
        clock.applyAsLong(queued),
        clock.applyAsLong(start),
        clock.applyAsLong(end));
  }
}
