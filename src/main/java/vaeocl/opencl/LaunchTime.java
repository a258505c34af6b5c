package vaeocl.opencl;

import vaeocl.ops.Launch;

/**
 * When a launch ran, by the device's clock in nanoseconds.
 *
 * @param queued the host put it into the queue
 * @param start it began
 * @param end it was done
 */
public record LaunchTime(Launch launch, long queued, long start, long end) {
  /** How long it ran, ns. */
  public long duration() {
    return end - start;
  }
}
