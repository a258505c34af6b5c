package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatentPointsTest {
  /** The quartile of N(0, 1), to float. */
  private static final float QUARTILE = 0.6744898f;

  @Test
  void gridsLieAtTheQuantiles() {
    float q = QUARTILE;
    assertArrayEquals(
        new float[] {-q, q, q, q, -q, -q, q, -q}, LatentPoints.grid(2, 2, 0, 1), 1e-7f);
    assertArrayEquals(new float[] {-q, q}, LatentPoints.grid(2, 1, 0), 1e-7f);
    float[] third = LatentPoints.grid(2, 4, 3, 1);
    assertArrayEquals(new float[] {0, q, 0, -q}, Arrays.copyOf(third, 4), 1e-7f);
    assertArrayEquals(new float[] {0, -q, 0, q}, Arrays.copyOfRange(third, 12, 16), 1e-7f);
    assertEquals(0f, LatentPoints.grid(3, 2, 0, 1)[8], "the median is 0");
  }

  @Test
  void linesHaveBothEndsAndEqualSteps() {
    float[] line = LatentPoints.line(new float[] {0.1f, -1}, new float[] {0.7f, 3}, 5);
    assertArrayEquals(new float[] {0.1f, -1, 0.25f, 0, 0.4f, 1, 0.55f, 2, 0.7f, 3}, line, 1e-7f);
    assertEquals(0.1f, line[0]);
    assertEquals(0.7f, line[8]);
  }

  @Test
  void aSampleOfThePriorDependsOnSeedAndNumberAlone() {
    float[] many = LatentPoints.prior(7, 20, 3);
    assertArrayEquals(LatentPoints.prior(7, 5, 3), Arrays.copyOf(many, 15));
    assertEquals(20, LatentPoints.prior(8, 20, 1).length);
    assertEquals(false, Arrays.equals(many, LatentPoints.prior(8, 20, 3)));
  }
}
