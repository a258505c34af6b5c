package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import vaeocl.data.Images;

class FiguresTest {
  private static Images images(int count, int rows) {
    return new Images(count, rows, 9, new byte[count * rows * 9]);
  }

  @Test
  void belowItsWindowThereIsNoSsim() {
    Figures small = Figures.mean(new float[] {0.01f, 20, 0}, images(1, 6));
    assertTrue(small.finite());
    assertFalse(small.hasSsim());
    assertEquals("–", small.ssimText(3));
    assertEquals("0.000", Figures.mean(new float[] {0.01f, 20, 0}, images(1, 7)).ssimText(3));
  }

  @Test
  void oneImageDoesNotSwallowTheMean() {
    float[] rows = {0.01f, 20, 0.9f, 0, Float.POSITIVE_INFINITY, 1, 1e-20f, 200, 1};
    Figures mean = Figures.mean(rows, images(3, 7));
    assertEquals((20 + 2 * 144.494) / 3, mean.psnr(), 1e-3);
    assertEquals(0.01 / 3, mean.mse(), 1e-9);
    assertTrue(mean.finite());
  }

  @Test
  void whatIsNoNumberStaysNone() {
    Images one = images(1, 7);
    assertFalse(Figures.mean(new float[] {Float.NaN, Float.NaN, Float.NaN}, one).finite());
    assertFalse(
        Figures.mean(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0}, one)
            .finite());
  }
}
