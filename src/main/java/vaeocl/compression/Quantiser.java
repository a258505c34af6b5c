package vaeocl.compression;

import java.util.Arrays;
import vaeocl.formats.CodeFile;

/**
 * A uniform scalar quantiser: each dimension j has its own range, cut into 2^B cells of equal width
 * w = (hi[j] − lo[j]) / 2^B. Level k stands for the middle of its cell, lo[j] + (k + 1/2)·w; what
 * lies outside the range gets the nearest level. Where lo = hi every level stands for lo.
 *
 * @param bits B, {@value CodeFile#MIN_BITS} to {@value CodeFile#MAX_BITS}
 * @param lo the lower end of each dimension's range
 * @param hi the upper end, not below lo
 */
public record Quantiser(int bits, float[] lo, float[] hi) {
  /** Shares of the values that a range may leave out at either end, besides none. */
  private static final int TAILS = 24;

  private static final double SMALLEST_TAIL = 1e-5;
  private static final double LARGEST_TAIL = 0.2;

  /**
   * @throws IllegalArgumentException if the bits or the ranges are not as above
   */
  public Quantiser {
    boolean valid = bits >= CodeFile.MIN_BITS && bits <= CodeFile.MAX_BITS;
    valid &= lo.length >= 1 && lo.length == hi.length;
    for (int j = 0; valid && j < lo.length; j++) {
      valid = Float.isFinite(lo[j]) && Float.isFinite(hi[j]) && lo[j] <= hi[j];
    }
    if (!valid) {
      throw new IllegalArgumentException(
          bits + " bits, ranges " + Arrays.toString(lo) + " to " + Arrays.toString(hi));
    }
  }

  /** The quantiser that wrote {@code file}. */
  public static Quantiser of(CodeFile file) {
    return new Quantiser(file.bits(), file.lo(), file.hi());
  }

  /**
   * Chooses each dimension's range for the least squared error over {@code codes} among some
   * dozens: with few levels, a range that reaches every outlier would waste most of them. The same
   * codes give the same ranges. Takes about 50 passes over the codes.
   *
   * @param codes row-major [N, dims], N at least 1
   * @throws IllegalArgumentException if a code is not finite or the sizes do not fit
   */
  public static Quantiser fit(float[] codes, int dims, int bits) {
    int count = rows(codes, dims);
    if (bits < CodeFile.MIN_BITS || bits > CodeFile.MAX_BITS) {
      throw new IllegalArgumentException(bits + " bits");
    }
    float[] lo = new float[dims];
    float[] hi = new float[dims];
    float[] sorted = new float[count];
    for (int j = 0; j < dims; j++) {
      for (int i = 0; i < count; i++) {
        sorted[i] = codes[i * dims + j];
      }
      Arrays.sort(sorted);
      Range best = bestRange(sorted, 1 << bits);
      lo[j] = best.lo;
      hi[j] = best.hi;
    }
    return new Quantiser(bits, lo, hi);
  }

  private record Range(float lo, float hi) {
    int level(float x, int cells) {
      double width = (double) hi - lo;
      double cell = width > 0 ? ((double) x - lo) / width * cells : 0;
      // A cast rounds towards zero; below zero it is clamped anyway.
      return Math.max(0, Math.min(cells - 1, (int) cell));
    }

    float value(int level, int cells) {
      return (float) (lo + (level + 0.5) * ((double) hi - lo) / cells);
    }

    /** Σ (x − decoded x)²; infinite where the range itself has left the floats. */
    double error(float[] values, int cells) {
      double sum = Float.isFinite(lo) && Float.isFinite(hi) ? 0 : Double.POSITIVE_INFINITY;
      for (int i = 0; i < values.length && sum < Double.POSITIVE_INFINITY; i++) {
        double d = values[i] - (double) value(level(values[i], cells), cells);
        sum += d * d;
      }
      return sum;
    }
  }

  /** The range with the least squared error over the values in {@code sorted}. */
  private static Range bestRange(float[] sorted, int cells) {
    int last = sorted.length - 1;
    Range best = new Range(sorted[0], sorted[last]);
    double least = Double.POSITIVE_INFINITY;
    int before = -1;
    for (int i = 0; i <= TAILS; i++) {
      int tail = i == 0 ? 0 : (int) (last * tail(i));
      if (tail == before) {
        continue;
      }
      before = tail;
      double from = sorted[tail];
      double to = sorted[last - tail];
      // Either the ends are the outer edges of cells, or levels themselves: the first suits a
      // smooth distribution, the second values that heap up at the ends.
      for (double margin : new double[] {0, (to - from) / (cells - 1) / 2}) {
        Range range = new Range((float) (from - margin), (float) (to + margin));
        double error = range.error(sorted, cells);
        if (error < least) {
          least = error;
          best = range;
        }
      }
    }
    return best;
  }

  /** From the smallest share to the largest, in equal ratios. */
  private static double tail(int i) {
    double t = (i - 1) / (TAILS - 1.0);
    return SMALLEST_TAIL * Math.pow(LARGEST_TAIL / SMALLEST_TAIL, t);
  }

  /**
   * The level of every number.
   *
   * @param codes row-major [N, d]
   * @return [N, d], each 0 to 2^B − 1
   * @throws IllegalArgumentException if a code is not finite or not of this size
   */
  public int[] encode(float[] codes) {
    rows(codes, lo.length);
    Range[] ranges = ranges();
    int[] levels = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      levels[i] = ranges[i % ranges.length].level(codes[i], 1 << bits);
    }
    return levels;
  }

  /**
   * What the levels stand for.
   *
   * @param levels row-major [N, d], each 0 to 2^B − 1
   * @return [N, d]
   * @throws IllegalArgumentException if a level is outside or the size does not fit
   */
  public float[] decode(int[] levels) {
    if (levels.length % lo.length != 0) {
      throw new IllegalArgumentException(levels.length + " levels of codes of " + lo.length);
    }
    Range[] ranges = ranges();
    float[] codes = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] >>> bits != 0) {
        throw new IllegalArgumentException("Level " + levels[i] + " of " + bits + " bits");
      }
      codes[i] = ranges[i % ranges.length].value(levels[i], 1 << bits);
    }
    return codes;
  }

  /**
   * The file that holds {@code codes}, quantised.
   *
   * @param model the fingerprint of the model that the codes belong to, as in {@link CodeFile}
   */
  public CodeFile file(String model, float[] codes) {
    return new CodeFile(bits, lo, hi, model, encode(codes));
  }

  private Range[] ranges() {
    Range[] ranges = new Range[lo.length];
    for (int j = 0; j < ranges.length; j++) {
      ranges[j] = new Range(lo[j], hi[j]);
    }
    return ranges;
  }

  /** N, after a look at every code. */
  private static int rows(float[] codes, int dims) {
    if (dims < 1 || codes.length < dims || codes.length % dims != 0) {
      throw new IllegalArgumentException(codes.length + " numbers are no codes of " + dims);
    }
    for (int i = 0; i < codes.length; i++) {
      if (!Float.isFinite(codes[i])) {
        throw new IllegalArgumentException(
            "Code " + i / dims + " is " + codes[i] + " in dimension " + i % dims);
      }
    }
    return codes.length / dims;
  }
}
