package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void oneImageDoesNotSwallowTheMean() {
    float[] rows = {0.01f, 20, 0.9f, 0, Float.POSITIVE_INFINITY, 1, 1e-20f, 200, 1};
    Figures mean = Figures.mean(rows);
    assertEquals((20 + 2 * 144.494) / 3, mean.psnr(), 1e-3);
    assertEquals(0.01 / 3, mean.mse(), 1e-9);
    assertTrue(mean.finite());
  }

  @Test
  void whatIsNoNumberStaysNone() {
    assertFalse(Figures.mean(new float[] {Float.NaN, Float.NaN, Float.NaN}).finite());
    assertFalse(
        Figures.mean(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0}).finite());
  }
}
