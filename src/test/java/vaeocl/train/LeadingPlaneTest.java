package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeadingPlaneTest {
  /** Points whose deviations are 3 and 2 along two dimensions, 0.3 along the others. */
  private static float[] points(int size, int first, int second) {
    SplittableRandom random = new SplittableRandom(5);
    float[] points = new float[500 * size];
    for (int i = 0; i < points.length; i++) {
      int d = i % size;
      double deviation = d == first ? 3 : d == second ? 2 : 0.3;
      points[i] = (float) (1 + deviation * random.nextGaussian());
    }
    return points;
  }

  @Test
  void itIsWherePointsVaryMost() {
    float[][] axes = LeadingPlane.of(points(10, 6, 3), 10);
    for (float[] axis : axes) {
      double inside = (double) axis[6] * axis[6] + (double) axis[3] * axis[3];
      assertEquals(1, inside, 0.01);
      double length = 0;
      for (float a : axis) {
        length += (double) a * a;
      }
      assertEquals(1, length, 1e-6);
    }
    double dot = 0;
    for (int d = 0; d < 10; d++) {
      dot += (double) axes[0][d] * axes[1][d];
    }
    assertEquals(0, dot, 1e-6);
  }

  @Test
  void itDoesNotJumpWherePointsMoveALittle() {
    float[] points = points(4, 1, 2);
    float[][] before = LeadingPlane.of(points, 4);
    for (int step = 0; step < 200; step++) {
      for (int i = 0; i < points.length; i++) {
        // The second dimension shrinks, the third grows: they change their order.
        points[i] *= i % 4 == 1 ? 0.99f : i % 4 == 2 ? 1.01f : 1;
      }
      float[][] after = LeadingPlane.of(points, 4);
      for (int a = 0; a < 2; a++) {
        double same = 0;
        for (int d = 0; d < 4; d++) {
          same += (double) before[a][d] * after[a][d];
        }
        assertTrue(same > 0.98, "axis " + a + " turned to " + same + " in step " + step);
      }
      before = after;
    }
  }

  @Test
  void pointsInOnePlaceHaveAxesToo() {
    float[][] axes = LeadingPlane.of(new float[30], 3);
    float h = (float) Math.sqrt(1 / 3.0);
    assertArrayEquals(new float[] {h, h, h}, axes[0], 1e-6f);
    assertTrue(Float.isFinite(axes[1][0]));
  }
}
