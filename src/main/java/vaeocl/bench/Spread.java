package vaeocl.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** A measurement repeated: median, least and greatest. */
public record Spread(double median, double min, double max) {
  /** Runs something so many times after one warm-up. */
  static Spread of(int repeats, DoubleSupplier seconds) {
    double[] values = new double[repeats];
    for (int i = -1; i < repeats; i++) {
      double value = seconds.getAsDouble();
      if (i >= 0) {
        values[i] = value;
      }
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
