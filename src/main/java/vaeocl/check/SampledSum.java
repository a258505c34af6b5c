package vaeocl.check;

import java.util.Arrays;

/**
 * The sum of a whole matrix, estimated by some of its rows and columns.
 *
 * @param value the estimate
 * @param error its standard error; rows and columns may each have something of their own
 */
record SampledSum(double value, double error) {
  /**
   * @param sample [rows][columns]
   * @param size elements of the matrix
   */
  static SampledSum of(double[] sample, int cols, long size) {
    int rows = sample.length / cols;
    double[] ofRows = new double[rows];
    double[] ofCols = new double[cols];
    for (int i = 0; i < sample.length; i++) {
      ofRows[i / cols] += sample[i] / cols;
      ofCols[i % cols] += sample[i] / rows;
    }
    double mean = Arrays.stream(ofRows).sum() / rows;
    return new SampledSum(
        size * mean, size * Math.sqrt(square(ofRows, mean) + square(ofCols, mean)));
  }

  /** The squared standard error of a mean. */
  private static double square(double[] values, double mean) {
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / Math.max(1, values.length - 1) / values.length;
  }
}
