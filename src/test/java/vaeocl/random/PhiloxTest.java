package vaeocl.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import vaeocl.Normality;

class PhiloxTest {
  private static int[] block(long key, int c0, int c1, int c2, int c3) {
    int[] words = new int[4];
    Philox.block(key, c0, c1, c2, c3, words);
    return words;
  }

  /** Random123's kat_vectors, the lines "philox4x32 10": counter, key, expected. */
  @Test
  void publishedVectors() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(0x299f31d0_a4093822L, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
  }

  @Test
  void uniformsLieStrictlyInsideTheUnitInterval() {
    assertEquals(0x1p-24, Philox.uniform(0));
    assertEquals(1 - 0x1p-24, Philox.uniform(-1));
    assertEquals(0.5 + 0x1p-24, Philox.uniform(0x8000_0000));
    for (int word : new int[] {0, -1, 0x8000_0000, 0x7FFF_FFFF}) {
      assertEquals((float) Philox.uniform(word), Philox.uniform(word), "is a float");
    }
  }

  @Test
  void noiseIsStandardNormalAndUncorrelated() {
    int dimensions = 5; // ends in the middle of a block
    double[][] noise = new double[dimensions][4000];
    for (int row = 0; row < 4000; row++) {
      double[] numbers = Philox.normals(1, Stream.TRAIN, row / 100, row % 100, 0, dimensions);
      for (int d = 0; d < dimensions; d++) {
        noise[d][row] = numbers[d];
      }
    }
    Normality.assertStandardNormal(noise);
  }

  @Test
  void everyPartOfTheCounterMatters() {
    double[] first = Philox.normals(1, Stream.TRAIN, 2, 3, 0, 6);
    assertArrayEquals(first, Philox.normals(1, Stream.TRAIN, 2, 3, 0, 6));
    assertDiffers(first, Philox.normals(2, Stream.TRAIN, 2, 3, 0, 6));
    assertDiffers(first, Philox.normals(1L + (1L << 32), Stream.TRAIN, 2, 3, 0, 6));
    assertDiffers(first, Philox.normals(1, Stream.EVALUATE, 2, 3, 0, 6));
    assertDiffers(first, Philox.normals(1, Stream.TRAIN, 3, 3, 0, 6));
    assertDiffers(first, Philox.normals(1, Stream.TRAIN, 2, 4, 0, 6));
    assertDiffers(first, Philox.normals(1, Stream.TRAIN, 2, 3, 2, 6));
    // A row read from its second block on is the same row, and a longer row begins as a shorter.
    double[] rest = Philox.normals(1, Stream.TRAIN, 2, 3, 1, 2);
    assertArrayEquals(Arrays.copyOfRange(first, 4, 6), rest);
  }

  private static void assertDiffers(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      for (double other : b) {
        assertTrue(a[i] != other, "a number came twice");
      }
    }
  }

  @Test
  void streamsHaveWordsOfTheirOwn() {
    Stream[] all = Stream.values();
    assertTrue(all.length > 0);
    assertEquals(all.length, Arrays.stream(all).mapToInt(Stream::word).distinct().count());
  }

  @Test
  void permutationHasEveryNumberOnce() {
    for (int count : new int[] {0, 1, 2, 7, 1000, 60_000}) {
      int[] order = Philox.permutation(1, Stream.SHUFFLE, 3, count);
      assertEquals(count, order.length);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < count; i++) {
        assertEquals(i, sorted[i]);
      }
    }
    assertThrows(RuntimeException.class, () -> Philox.permutation(1, Stream.SHUFFLE, 0, -1));
  }

  @Test
  void permutationDiffersByEpochSeedAndStream() {
    int[] order = Philox.permutation(1, Stream.SHUFFLE, 1, 1000);
    assertArrayEquals(order, Philox.permutation(1, Stream.SHUFFLE, 1, 1000));
    assertFalse(Arrays.equals(order, Philox.permutation(1, Stream.SHUFFLE, 2, 1000)));
    assertFalse(Arrays.equals(order, Philox.permutation(2, Stream.SHUFFLE, 1, 1000)));
    assertFalse(Arrays.equals(order, Philox.permutation(1, Stream.INIT, 1, 1000)));
  }

  /** All 120 orders of five come equally often, over epochs and over seeds. */
  @Test
  void permutationIsUnbiased() {
    long[] byEpoch = new long[3125];
    long[] bySeed = new long[3125];
    for (int i = 0; i < 24_000; i++) {
      byEpoch[index(Philox.permutation(1, Stream.SHUFFLE, i, 5))]++;
      bySeed[index(Philox.permutation(i, Stream.SHUFFLE, 1, 5))]++;
    }
    for (long[] counts : new long[][] {byEpoch, bySeed}) {
      long[] seen = Arrays.stream(counts).filter(c -> c > 0).toArray();
      assertEquals(120, seen.length);
      double[] expected = new double[120];
      Arrays.fill(expected, 200);
      double p = new ChiSquareTest().chiSquareTest(expected, seen);
      assertTrue(p > 0.01, "p = " + p);
    }
  }

  private static int index(int[] order) {
    int index = 0;
    for (int i : order) {
      index = index * 5 + i;
    }
    return index;
  }
}
