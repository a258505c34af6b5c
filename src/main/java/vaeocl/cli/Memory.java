package vaeocl.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import vaeocl.data.Dataset;
import vaeocl.model.Codec;
import vaeocl.model.Footprint;
import vaeocl.model.SavedModel;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.DeviceKind;

/**
 * The memory there is. What cannot fit is refused in a line, before the system's out-of-memory
 * killer ends the process without one.
 *
 * @param device bytes of the device
 * @param allocation bytes of its largest allocation
 * @param heap bytes of Java's heap at most
 * @param shared bytes that device and heap have together, where the device is this computer's CPU
 */
record Memory(long device, long allocation, long heap, long shared) {
  static Memory of(DeviceInfo info) {
    long machine = machine();
    return new Memory(
        info.globalBytes(),
        info.maxAllocBytes(),
        Runtime.getRuntime().maxMemory(),
        info.kind() == DeviceKind.CPU ? machine : Long.MAX_VALUE);
  }

  /** Bytes of this computer, or of the container; as many as can be where nobody says. */
  private static long machine() {
    try {
      return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
          ? system.getTotalMemorySize()
          : Long.MAX_VALUE;
    } catch (NoClassDefFoundError e) { // a Java runtime without the module jdk.management
      return Long.MAX_VALUE;
    }
  }

  /** Java's heap at most, times a factor, as {@code -Xmx} takes it: "256m". */
  static String xmx(int factor) {
    return (Runtime.getRuntime().maxMemory() / (1 << 20) * factor) + "m";
  }

  /**
   * @param begun whether the net is that of a run, which cannot become smaller
   * @throws UserError if a training cannot fit
   */
  void requireTraining(VaeConfig config, Dataset data, boolean begun) {
    long train = data.train().count();
    long test = data.test().count();
    int pixels = data.train().size();
    require(
        Footprint.training(config, pixels, train, test),
        "training this net",
        begun ? "" : "lower " + Footprint.heaviest(config, pixels, train, test));
  }

  /**
   * @throws UserError if a trained net cannot fit
   */
  void requireCoding(SavedModel model) {
    require(
        Footprint.coding(model.config(), model.height() * model.width(), Codec.BATCH),
        "this model",
        "");
  }

  /**
   * @param lower which option makes it smaller; "" where none does
   */
  private void require(Footprint needs, String what, String lower) {
    String remedy = lower.isEmpty() ? "choose another --device" : lower;
    String more = "give Java more with -Xmx" + (lower.isEmpty() ? "" : ", or " + lower);
    require(needs.device(), device, what, "on the device", remedy);
    require(needs.largest(), allocation, what, "in one piece on the device", remedy);
    require(needs.host(), heap, what, "of Java's heap", more);
    require(needs.device() + needs.host(), shared, what, "of this computer", remedy);
  }

  private static void require(long needs, long there, String what, String where, String remedy) {
    if (needs > there) {
      throw new UserError(
          "%s needs at least %s %s, where there are %s: %s"
              .formatted(what, gigabytes(needs), where, gigabytes(there), remedy));
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
