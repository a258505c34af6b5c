package vaeocl.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vaeocl.data.Images;

/** Distances to nearest pictures, and what follows from them. */
class JudgeTest {
  private static final int SIZE = 35;

  private static byte[] random(Random random, int count) {
    byte[] pixels = new byte[count * SIZE];
    random.nextBytes(pixels);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextBoolean() ? 0 : pixels[i]; // black, as most of a digit is
    }
    return pixels;
  }

  @Test
  void distancesAreThoseOfPlainLoops() {
    Random random = new Random(1);
    Images known = new Images(300, 5, 7, random(random, 300)); // two blocks and a part of one
    byte[][] pictures = new byte[20][];
    double[] expected = new double[20];
    for (int i = 0; i < 20; i++) {
      pictures[i] = random(random, 1);
      expected[i] = Double.POSITIVE_INFINITY;
      for (int t = 0; t < 300; t++) {
        double square = 0;
        for (int p = 0; p < SIZE; p++) {
          double off = ((pictures[i][p] & 0xff) - (known.pixels()[t * SIZE + p] & 0xff)) / 255.0;
          square += off * off;
        }
        expected[i] = Math.min(expected[i], Math.sqrt(square));
      }
    }
    assertArrayEquals(expected, new Judge(known, null).look(pictures).distances(), 1e-12);
  }

  @Test
  void aKnownPictureIsAtDistanceZeroAndWhiteIsFarFromBlack() {
    byte[] white = new byte[SIZE];
    Arrays.fill(white, (byte) 255);
    byte[] some = random(new Random(2), 1);
    byte[] both = Arrays.copyOf(some, 2 * SIZE); // the other one is black
    double[] found =
        new Judge(new Images(2, 5, 7, both), null)
            .look(new byte[][] {some, new byte[SIZE]})
            .distances();
    assertArrayEquals(new double[2], found);
    Judge black = new Judge(new Images(1, 5, 7, new byte[SIZE]), null);
    assertEquals(Math.sqrt(SIZE), black.look(new byte[][] {white}).distances()[0], 1e-12);
  }

  @Test
  void theLargestImagesDoNotOverflow() {
    byte[] white = new byte[128 * 129];
    Arrays.fill(white, (byte) 255);
    Judge judge = new Judge(new Images(1, 128, 129, white), null);
    assertEquals(0, judge.look(new byte[][] {white}).distances()[0]);
    Images larger = new Images(1, 129, 129, new byte[129 * 129]);
    assertThrows(IllegalArgumentException.class, () -> new Judge(larger, null));
  }

  @Test
  void theLimitIsPassedByItsShareAndNoMore() {
    double[] distances = new double[100];
    Arrays.setAll(distances, i -> 100 - i);
    double limit = Judge.quantile(distances, 0.95);
    assertEquals(95, limit);
    Judge.Findings found = new Judge.Findings(distances, new int[100]);
    assertEquals(0.95, Judge.share(found.accepted(limit, 0)));
    assertEquals(0, Judge.share(found.accepted(0.5, 0)));
    assertEquals(0, Judge.share(found.accepted(limit, 1)), "nobody agrees");
    assertEquals(1, Judge.quantile(distances, 0));
    assertEquals(100, Judge.quantile(distances, 1));
  }

  @Test
  void theTenNearestVote() {
    byte[] line = new byte[200]; // pictures of one pixel, 0 … 199
    byte[] labels = new byte[200];
    for (int i = 0; i < line.length; i++) {
      line[i] = (byte) i;
      labels[i] = (byte) (i < 100 ? 1 : 200);
    }
    Judge judge = new Judge(new Images(200, 1, 1, line), labels);
    byte[][] pictures = {{50}, {(byte) 150}, {100}, {98}, {96}, {(byte) 250}};
    Judge.Findings found = judge.look(pictures);
    // Nearest to 100 are 95 … 104 or 96 … 105: with as far ones, the first known.
    assertArrayEquals(new int[] {10, 10, 5, 7, 9, 10}, found.votes());
    assertArrayEquals(new double[] {0, 0, 0, 0, 0, 51 / 255.0}, found.distances(), 1e-12);
    Judge few = new Judge(new Images(3, 1, 1, new byte[3]), new byte[] {1, 1, 2});
    assertEquals(2, few.look(new byte[][] {{0}}).votes()[0]);
  }

  @Test
  void aCloudHasTheMomentsOfItsCodes() {
    Random random = new Random(3);
    float[] codes = new float[40_000];
    for (int i = 0; i < codes.length; i += 2) {
      double a = random.nextGaussian();
      codes[i] = (float) (3 + 2 * a);
      codes[i + 1] = (float) (-1 + a + 0.5 * random.nextGaussian());
    }
    Cloud cloud = Cloud.of(codes, 2);
    Cloud again = Cloud.of(cloud.samples(1, 20_000), 2);
    for (int a = 0; a < 2; a++) {
      assertEquals(cloud.mean()[a], again.mean()[a], 0.05);
      assertArrayEquals(cloud.factor()[a], again.factor()[a], 0.05);
    }
    assertArrayEquals(new double[] {2, Math.sqrt(1.25)}, cloud.spread(), 0.03);
  }

  @Test
  void aDimensionWithoutSpreadStaysWhereItIs() {
    Cloud flat = Cloud.of(new float[] {1, 5, 3, 5, 8, 5}, 2);
    float[] points = flat.samples(1, 10);
    for (int i = 1; i < points.length; i += 2) {
      assertEquals(5, points[i]);
    }
    assertEquals(0, Cloud.of(new float[] {5, 1, 5, 2}, 2).spread()[0]);
  }

  @Test
  void aGridBeginsAtTheTopLeft() {
    float[] grid = Maps.grid(new double[] {0, 16, -16, 0});
    assertArrayEquals(new float[] {0.5f, -0.5f, 1.5f, -0.5f}, Arrays.copyOf(grid, 4));
    assertEquals(-15.5f, grid[grid.length - 1]);
  }
}
