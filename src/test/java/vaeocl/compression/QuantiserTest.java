package vaeocl.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.formats.CodeFile;

class QuantiserTest {
  private static final int COUNT = 20_000;

  /** The normal distribution, drawn without chance. */
  private static float[] normal() {
    NormalDistribution normal = new NormalDistribution();
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) normal.inverseCumulativeProbability((i + 0.5) / COUNT);
    }
    return x;
  }

  private static double meanSquaredError(Quantiser quantiser, float[] codes) {
    float[] back = quantiser.decode(quantiser.encode(codes));
    double sum = 0;
    for (int i = 0; i < codes.length; i++) {
      sum += Math.pow(codes[i] - (double) back[i], 2);
    }
    return sum / codes.length;
  }

  /** J. Max, Quantizing for Minimum Distortion, 1960, table II: the best uniform quantisers. */
  @ParameterizedTest
  @CsvSource({"2, 0.1188", "3, 0.03744", "4, 0.01154", "5, 0.003495"})
  void comesCloseToTheBestForTheNormalDistribution(int bits, double best) {
    float[] codes = normal();
    double error = meanSquaredError(Quantiser.fit(codes, 1, bits), codes);
    assertTrue(error > 0.98 * best && error < 1.03 * best, error + " where " + best + " is best");
  }

  /** One outlier in 20,000 must not spread four levels over a hundred deviations. */
  @Test
  void outliersDoNotTakeTheLevels() {
    float[] codes = normal();
    codes[COUNT - 1] = 100;
    float[] lo = {codes[0]};
    float[] hi = {codes[COUNT - 1]};
    Quantiser fitted = Quantiser.fit(codes, 1, 2);
    assertTrue(fitted.hi()[0] < 5, fitted.toString());
    double whole = meanSquaredError(new Quantiser(2, lo, hi), codes);
    assertTrue(meanSquaredError(fitted, codes) < 0.1 * whole, "of " + whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8, 12, 16})
  void anEvenSpreadIsOffByAtMostHalfACell(int bits) {
    float[] codes = new float[4097];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i / 4096f * 3 - 1;
    }
    Quantiser quantiser = new Quantiser(bits, new float[] {-1}, new float[] {2});
    int[] levels = quantiser.encode(codes);
    float[] back = quantiser.decode(levels);
    double half = 3.0 / (1 << bits) / 2;
    for (int i = 0; i < codes.length; i++) {
      assertEquals(codes[i], back[i], half + 1e-6, "value " + i);
    }
    assertEquals(0, levels[0]);
    assertEquals((1 << bits) - 1, levels[codes.length - 1]);
    assertArrayEquals(levels, quantiser.encode(back), "a level's value has that level");
    double error = meanSquaredError(Quantiser.fit(codes, 1, bits), codes);
    assertTrue(error <= meanSquaredError(quantiser, codes), "fitted is no worse than the whole");
  }

  @Test
  void levelsAreTheMiddlesOfCells() {
    Quantiser quantiser = new Quantiser(2, new float[] {0, -8}, new float[] {4, 0});
    float[] codes = {-9, -9, 0.99f, -6, 1, -5.9f, 3.99f, -0.01f, 1e30f, 1e30f};
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 3, 3, 3, 3}, quantiser.encode(codes));
    float[] middles = {0.5f, -7, 1.5f, -5, 2.5f, -3, 3.5f, -1};
    assertArrayEquals(middles, quantiser.decode(new int[] {0, 0, 1, 1, 2, 2, 3, 3}));
  }

  /** Up to four values evenly apart are levels themselves, wherever most of them lie. */
  @Test
  void fewValuesComeBackExactly() {
    float[] ends = {-1, -1, 1, 1, 1};
    assertArrayEquals(ends, roundTrip(ends, 2), 1e-6f);
    float[] rare = new float[1000];
    rare[7] = 100;
    assertArrayEquals(rare, roundTrip(rare, 2), 1e-4f);
    float[] steps = {0, 1, 2, 3};
    assertArrayEquals(steps, roundTrip(steps, 2), 1e-6f);
  }

  private static float[] roundTrip(float[] codes, int bits) {
    Quantiser quantiser = Quantiser.fit(codes, 1, bits);
    return quantiser.decode(quantiser.encode(codes));
  }

  @Test
  void eachDimensionHasItsOwnRange() {
    SplittableRandom random = new SplittableRandom(3);
    float[] codes = new float[3 * 500];
    for (int i = 0; i < 500; i++) {
      codes[3 * i] = (float) random.nextDouble();
      codes[3 * i + 1] = 0.125f; // a dimension that the model does not use
      codes[3 * i + 2] = (float) random.nextDouble() * 1000 - 5000;
    }
    Quantiser quantiser = Quantiser.fit(codes, 3, 6);
    float[] back = quantiser.decode(quantiser.encode(codes));
    for (int i = 0; i < 500; i++) {
      assertEquals(codes[3 * i], back[3 * i], 0.01);
      assertEquals(0.125f, back[3 * i + 1]);
      assertEquals(codes[3 * i + 2], back[3 * i + 2], 10);
    }
    Quantiser again = Quantiser.fit(codes, 3, 6);
    assertArrayEquals(quantiser.lo(), again.lo());
    assertArrayEquals(quantiser.hi(), again.hi());
  }

  @Test
  void takesTheLargestFloats() {
    float[] codes = {-Float.MAX_VALUE, 0, Float.MAX_VALUE};
    for (float x : roundTrip(codes, 2)) {
      assertTrue(Float.isFinite(x), "decoded " + x);
    }
    assertArrayEquals(new float[] {7}, roundTrip(new float[] {7}, 16));
  }

  @Test
  void goesThroughAFile(@TempDir Path folder) throws Exception {
    float[] codes = Arrays.copyOf(normal(), 1000);
    Quantiser quantiser = Quantiser.fit(codes, 2, 7);
    Path file = folder.resolve("some.codes");
    quantiser.file("0123456789abcdef", codes).write(file);
    CodeFile back = CodeFile.read(file);
    assertEquals(500, back.count());
    float[] expected = quantiser.decode(quantiser.encode(codes));
    assertArrayEquals(expected, Quantiser.of(back).decode(back.levels()));
  }

  @Test
  void refusesWhatIsNoCode() {
    float[] one = {1};
    assertThrows(IllegalArgumentException.class, () -> Quantiser.fit(one, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Quantiser.fit(one, 1, 17));
    assertThrows(IllegalArgumentException.class, () -> Quantiser.fit(new float[3], 2, 4));
    assertThrows(IllegalArgumentException.class, () -> Quantiser.fit(new float[0], 2, 4));
    float[] bad = {0, 1, 2, Float.NaN};
    String message =
        assertThrows(IllegalArgumentException.class, () -> Quantiser.fit(bad, 2, 4)).getMessage();
    assertEquals("Code 1 is NaN in dimension 1", message);
    assertThrows(IllegalArgumentException.class, () -> new Quantiser(4, one, new float[] {0}));
    Quantiser quantiser = new Quantiser(2, one, one);
    assertThrows(IllegalArgumentException.class, () -> quantiser.decode(new int[] {4}));
    assertThrows(IllegalArgumentException.class, () -> quantiser.decode(new int[] {-1}));
  }
}
