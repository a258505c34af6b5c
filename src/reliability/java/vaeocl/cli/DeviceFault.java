package vaeocl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One call of the driver that fails.
 *
 * @param call the entry point
 * @param nth which of its calls, from 1; 0 for none
 * @param code the status it returns
 */
record DeviceFault(String call, long nth, int code, Mode mode) {
  static final DeviceFault NONE = new DeviceFault("", 0, 0, Mode.ONCE);

  /** Allocation, resources, host memory, a lost queue, and a status that no standard knows. */
  private static final List<Integer> CODES = List.of(-4, -5, -6, -36, -9999);

  /** Commands that nobody waits for when they are enqueued. */
  private static final Set<String> UNWAITED =
      Set.of("clEnqueueNDRangeKernel", "clEnqueueFillBuffer", "clEnqueueCopyBuffer");

  /** How it fails. */
  enum Mode {
    /** This call alone. */
    ONCE(0),
    /** This call and all behind it, as when the device has gone. */
    LOST(1),
    /** It succeeds, and the next call that waits for it fails. */
    LATE(2);

    private final int number;

    Mode(int number) {
      this.number = number;
    }

    /** As in faults.c. */
    int number() {
      return number;
    }
  }

  /**
   * The faults of an entry point in a command: its first, second and last call and evenly spread
   * ones between, each with the next code. At the middle one the device is lost; a command that is
   * enqueued at the next to last fails late.
   *
   * @param count calls of the whole command
   * @param shift of the codes, so that not all first calls fail alike
   */
  static List<DeviceFault> of(String call, long count, int sites, int shift) {
    List<DeviceFault> faults = new ArrayList<>();
    for (int i = 0; i < sites; i++) {
      long nth = i == 1 ? Math.min(2, count) : 1 + i * (count - 1) / Math.max(1, sites - 1);
      boolean late = i == sites - 2 && i > sites / 2 && UNWAITED.contains(call);
      Mode mode = late ? Mode.LATE : i == sites / 2 ? Mode.LOST : Mode.ONCE;
      faults.add(new DeviceFault(call, nth, CODES.get((i + shift) % CODES.size()), mode));
    }
    return faults;
  }
}
