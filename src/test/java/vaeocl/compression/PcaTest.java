package vaeocl.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import vaeocl.TestData;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.data.Images;

class PcaTest {
  /** The pictures as rows of 0 to 1. */
  private static float[] rows(Images images) {
    float[] rows = new float[images.pixels().length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Byte.toUnsignedInt(images.pixels()[i]) / 255f;
    }
    return rows;
  }

  /** Σ (a − b)² over picture {@code i} of {@code size} pixels. */
  private static double squaredError(float[] a, float[] b, int i, int size) {
    double sum = 0;
    for (int j = i * size; j < (i + 1) * size; j++) {
      sum += Math.pow(a[j] - (double) b[j], 2);
    }
    return sum;
  }

  private static double meanSquaredError(float[] a, float[] b, int size) {
    double sum = 0;
    for (int i = 0; i < a.length / size; i++) {
      sum += squaredError(a, b, i, size);
    }
    int count = a.length / size;
    return sum / count;
  }

  /** Four points at ±5 along (3, 4)/5 and ±1 across it, around (10, -20). */
  @Test
  void findsAxesThatAreKnown() {
    float[] rows = {13, -16, 7, -24, 10.8f, -20.6f, 9.2f, -19.4f};
    Pca pca = Pca.fit(rows, 2, 2);
    assertArrayEquals(new double[] {10, -20}, pca.mean(), 1e-6);
    assertArrayEquals(new double[] {0.6, 0.8}, pca.axes()[0], 1e-6);
    assertArrayEquals(new double[] {0.8, -0.6}, pca.axes()[1], 1e-6);
    assertArrayEquals(new double[] {12.5, 0.5}, pca.variances(), 1e-5);
    assertEquals(13, pca.totalVariance(), 1e-5);
    assertArrayEquals(new float[] {5, 0, -5, 0, 0, 1, 0, -1}, pca.project(rows), 1e-5f);
    assertArrayEquals(rows, pca.reconstruct(pca.project(rows)), 1e-5f);
  }

  /** Rows on a plane through 30 dimensions, and a little noise around it. */
  @Test
  void findsAPlaneUnderNoise() {
    int dims = 30;
    int count = 4000;
    double noise = 0.01;
    SplittableRandom random = new SplittableRandom(5);
    double[] u = new double[dims];
    double[] v = new double[dims];
    for (int j = 0; j < dims; j++) {
      u[j] = j % 2 == 0 ? Math.sqrt(2.0 / dims) : 0;
      v[j] = j % 2 == 1 ? Math.sqrt(2.0 / dims) : 0;
    }
    float[] rows = new float[count * dims];
    for (int i = 0; i < count; i++) {
      double a = 3 * random.nextDouble();
      double b = random.nextDouble();
      for (int j = 0; j < dims; j++) {
        double off = noise * Math.sqrt(12) * (random.nextDouble() - 0.5);
        rows[i * dims + j] = (float) (100 + a * u[j] + b * v[j] + off);
      }
    }
    Pca pca = Pca.fit(rows, dims, 2);
    double alongU = 0;
    double alongV = 0;
    for (int j = 0; j < dims; j++) {
      alongU += pca.axes()[0][j] * u[j];
      alongV += pca.axes()[1][j] * v[j];
    }
    // Up to sign: entries of one axis are equal but for noise, so noise decides its largest.
    assertEquals(1, Math.abs(alongU), 1e-3);
    assertEquals(1, Math.abs(alongV), 1e-3);
    assertEquals(9 / 12.0, pca.variances()[0], 0.05);
    assertEquals(1 / 12.0, pca.variances()[1], 0.01);
    double left = meanSquaredError(rows, pca.reconstruct(pca.project(rows)), dims);
    assertEquals((dims - 2) * noise * noise, left, 0.1 * dims * noise * noise);
    assertEquals(pca.totalVariance() - pca.variances()[0] - pca.variances()[1], left, 1e-6);
  }

  /** The sums over inked pixels alone, against the plain ones over everything. */
  @Test
  void picturesAndRowsGiveTheSame() {
    Images digits = Digits.draw(300, 1, 4).train();
    Images part = crop(digits, 9);
    Covariance sparse = Covariance.of(part);
    Covariance plain = Covariance.of(rows(part), part.size());
    assertArrayEquals(plain.mean(), sparse.mean(), 1e-7);
    for (int a = 0; a < part.size(); a++) {
      assertArrayEquals(plain.matrix()[a], sparse.matrix()[a], 1e-7, "row " + a);
      for (int b = 0; b < a; b++) {
        assertEquals(sparse.matrix()[a][b], sparse.matrix()[b][a]);
      }
    }
    Pca pca = Pca.fit(part, 3);
    assertArrayEquals(pca.project(rows(part)), pca.project(part), 1e-6f);
    assertArrayEquals(Pca.fit(rows(part), part.size(), 3).project(part), pca.project(part), 1e-4f);
  }

  /** The middle {@code side}x{@code side} pixels. */
  private static Images crop(Images images, int side) {
    byte[] pixels = new byte[images.count() * side * side];
    int top = (images.rows() - side) / 2;
    int left = (images.cols() - side) / 2;
    for (int i = 0; i < pixels.length; i++) {
      int picture = i / (side * side);
      int y = top + i / side % side;
      int x = left + i % side;
      pixels[i] = images.pixels()[(picture * images.rows() + y) * images.cols() + x];
    }
    return new Images(images.count(), side, side, pixels);
  }

  /** What k components leave is exactly the variance of the others; and k = p leaves nothing. */
  @Test
  void leavesTheVarianceOfTheOtherComponents() {
    Images images = crop(Digits.draw(400, 1, 2).train(), 10);
    float[] rows = rows(images);
    for (int k : new int[] {1, 2, 17, 100}) {
      Pca pca = Pca.fit(images, k);
      double left = meanSquaredError(rows, pca.reconstruct(pca.project(images)), images.size());
      double expected = pca.totalVariance() - Arrays.stream(pca.variances()).sum();
      assertEquals(expected, left, 1e-5, "k = " + k);
      for (int a = 0; a < k; a++) {
        assertTrue(a == 0 || pca.variances()[a] <= pca.variances()[a - 1], "falling at " + a);
        for (int b = 0; b <= a; b++) {
          double dot = 0;
          for (int j = 0; j < images.size(); j++) {
            dot += pca.axes()[a][j] * pca.axes()[b][j];
          }
          assertEquals(a == b ? 1 : 0, dot, 1e-9, a + "·" + b);
        }
        double[] axis = pca.axes()[a];
        double lowest = Arrays.stream(axis).min().orElseThrow();
        double highest = Arrays.stream(axis).max().orElseThrow();
        assertTrue(highest >= -lowest, "the largest entry of axis " + a + " is negative");
      }
    }
  }

  @Test
  void pixelsStayBetweenBlackAndWhite() {
    Images images = crop(Digits.draw(100, 1, 2).train(), 8);
    Pca pca = Pca.fit(images, 1);
    float[] far = {1000, -1000};
    float[] pixels = pca.reconstructPixels(far);
    float[] free = pca.reconstruct(far);
    int clamped = 0;
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(Math.max(0, Math.min(1, free[i])), pixels[i]);
      clamped += pixels[i] == free[i] ? 0 : 1;
    }
    assertTrue(clamped > 0, "nothing to clamp");
  }

  /** Axes are arbitrary where nothing varies, but the mean comes back. */
  @Test
  void takesRowsThatAreAllTheSame() {
    float[] rows = {1, 2, 3, 1, 2, 3};
    Pca pca = Pca.fit(rows, 3, 2);
    assertArrayEquals(new double[2], pca.variances());
    assertEquals(0, pca.totalVariance());
    assertArrayEquals(new float[4], pca.project(rows));
    assertArrayEquals(rows, pca.reconstruct(pca.project(rows)));
    assertArrayEquals(new float[] {4}, Pca.fit(new float[] {4}, 1, 1).reconstruct(new float[1]));
  }

  /**
   * The error of the best linear code of two numbers for MNIST's test pictures, fitted to them and
   * measured independently of this program. Axes fitted to the training pictures come close to it.
   */
  @Test
  void reachesTheFloorOfMnist() throws IOException {
    Dataset data = TestData.mnistOrDigits();
    assumeTrue(data.name().equals("mnist"), "needs -Dvaeocl.mnist=DIR");
    Images test = data.test();
    float[] truth = rows(test);
    Pca best = Pca.fit(test, 2);
    float[] back = best.reconstruct(best.project(test));
    double psnr = 0;
    for (int i = 0; i < test.count(); i++) {
      double e = squaredError(truth, back, i, test.size());
      psnr += 10 * Math.log10(test.size() / e) / test.count();
    }
    double error = meanSquaredError(truth, back, test.size());
    assertEquals(43.55, error, 0.005);
    assertEquals(12.78, psnr, 0.005);

    Pca trained = Pca.fit(data.train(), 2);
    float[] codes = trained.project(test);
    double unseen = meanSquaredError(truth, trained.reconstruct(codes), test.size());
    assertTrue(unseen > error && unseen < 1.01 * error, unseen + " where " + error + " is best");
    double clamped = meanSquaredError(truth, trained.reconstructPixels(codes), test.size());
    assertTrue(clamped < unseen, clamped + " after clamping, " + unseen + " before");
  }

  @Test
  void refusesSizesThatDoNotFit() {
    float[] rows = {1, 2, 3, 4};
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(rows, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(rows, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(rows, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(new float[0], 2, 1));
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(new float[5000], 5000, 1));
    float[] bad = {1, 2, 3, Float.NEGATIVE_INFINITY};
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(bad, 2, 1));
    Pca pca = Pca.fit(rows, 2, 2);
    assertThrows(IllegalArgumentException.class, () -> pca.project(new float[3]));
    assertThrows(IllegalArgumentException.class, () -> pca.reconstruct(new float[3]));
    Images images = new Images(1, 1, 3, new byte[3]);
    assertThrows(IllegalArgumentException.class, () -> pca.project(images));
  }
}
