package vaeocl.tune;

import java.util.Arrays;

/**
 * A tiling's training steps beside the default's, in turn.
 *
 * @param ratio median of seconds, its own over the default's
 * @param faster pairs in which it took less
 * @param pairs measurements of both
 * @param micros of a step, the median
 * @param othersMicros of the default's
 */
public record Timing(double ratio, int faster, int pairs, double micros, double othersMicros) {
  static Timing of(double[] own, double[] others, int steps) {
    double[] ratios = new double[own.length];
    int faster = 0;
    for (int i = 0; i < own.length; i++) {
      ratios[i] = own[i] / others[i];
      faster += own[i] < others[i] ? 1 : 0;
    }
    double perStep = 1e6 / steps;
    return new Timing(
        median(ratios), faster, own.length, perStep * median(own), perStep * median(others));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Whether it was faster by more than a share, in at least three of four pairs. */
  boolean fasterBy(double share) {
    return ratio < 1 - share && 4 * faster >= 3 * pairs;
  }

  /** As a line has it. */
  String text() {
    return ratio + " " + faster + " " + pairs + " " + micros + " " + othersMicros;
  }

  /** Reads {@link #text}. */
  static Timing parse(String text) {
    String[] words = text.split(" ", -1);
    return new Timing(
        Double.parseDouble(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]));
  }
}
