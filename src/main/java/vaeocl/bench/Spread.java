package vaeocl.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** A measurement repeated: median, least and greatest. */
public record Spread(double median, double min, double max) {
  /** Seconds to warm up: the virtual machine compiles beside what runs first. */
  private static final double WARM_UP = 0.5;

  /** Runs something so many times after a warm-up. */
  static Spread of(int repeats, DoubleSupplier seconds) {
    double warm = 0;
    while (warm < WARM_UP) {
      warm += seconds.getAsDouble();
    }
    double[] values = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      values[i] = seconds.getAsDouble();
    }
    Arrays.sort(values);
    int half = repeats / 2;
    double median = repeats % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return new Spread(median, values[0], values[repeats - 1]);
  }

  /** The spread of a rate, given that of a time: amount / seconds. */
  Spread rate(double amount) {
    return new Spread(amount / median, amount / max, amount / min);
  }
}
