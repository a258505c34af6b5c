package vaeocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/** Whether numbers could be independent draws from N(0, 1). They are the same in every run. */
public final class Normality {
  /** Standard errors allowed: a correct generator exceeds it once in 16,000 figures. */
  private static final double ERRORS = 4;

  private Normality() {}

  /**
   * Tests the distribution of all, and the mean, variance and correlations of rows.
   *
   * @param noise rows of equal length: dimensions, steps or the like
   */
  public static void assertStandardNormal(double[][] noise) {
    double[] all = Arrays.stream(noise).flatMapToDouble(Arrays::stream).toArray();
    assertTrue(all.length >= 10_000 && noise.length > 1, "too few: " + all.length);
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(normal, all);
    assertTrue(p > 0.01, "Kolmogorov-Smirnov: p = " + p);
    // Three standard deviations and more: 0.27 % of N(0, 1), which the test above hardly weighs.
    double tails = Arrays.stream(all).filter(v -> Math.abs(v) > 3).count() / (double) all.length;
    assertEquals(0.0027, tails, ERRORS * Math.sqrt(0.0027 / all.length), "tails");
    int n = noise[0].length;
    for (double[] row : noise) {
      assertEquals(0, new Mean().evaluate(row), ERRORS / Math.sqrt(n), "mean");
      assertEquals(1, new Variance().evaluate(row), ERRORS * Math.sqrt(2.0 / n), "variance");
    }
    PearsonsCorrelation correlation = new PearsonsCorrelation();
    for (int i = 0; i < noise.length; i++) {
      for (int j = 0; j < i; j++) {
        double r = correlation.correlation(noise[i], noise[j]);
        assertEquals(0, r, ERRORS / Math.sqrt(n), "correlation of rows " + i + " and " + j);
        // Box and Muller's pairs share a radius: squares must not be correlated either.
        double squares = correlation.correlation(square(noise[i]), square(noise[j]));
        assertEquals(0, squares, ERRORS / Math.sqrt(n), "of squares of rows " + i + " and " + j);
      }
    }
  }

  private static double[] square(double[] values) {
    return Arrays.stream(values).map(v -> v * v).toArray();
  }
}
