package vaeocl.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinarizationTest {
  private static final int IMAGES = 2000;
  private static final int SIZE = 5;

  private static byte[] grey() {
    byte[] pixels = new byte[IMAGES * SIZE];
    byte[] row = {0, 51, (byte) 128, (byte) 204, (byte) 255};
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = row[i % SIZE];
    }
    return pixels;
  }

  @Test
  void pixelsAreInkAsOftenAsTheySay() {
    byte[] binary = Binarization.fixed(grey(), SIZE, 7, 0);
    int[] ink = new int[SIZE];
    for (int i = 0; i < binary.length; i++) {
      assertTrue(binary[i] == 0 || binary[i] == (byte) 255);
      ink[i % SIZE] += binary[i] == 0 ? 0 : 1;
    }
    assertEquals(0, ink[0]);
    assertEquals(IMAGES, ink[4]);
    for (int i = 1; i < 4; i++) {
      double p = new double[] {0, 0.2, 128 / 255.0, 0.8}[i];
      double sigma = Math.sqrt(IMAGES * p * (1 - p));
      assertEquals(IMAGES * p, ink[i], 4 * sigma, "pixel " + i);
    }
  }

  @Test
  void theSameSeedAndPartGiveTheSame() {
    byte[] binary = Binarization.fixed(grey(), SIZE, 7, 0);
    assertArrayEquals(binary, Binarization.fixed(grey(), SIZE, 7, 0));
    assertFalse(Arrays.equals(binary, Binarization.fixed(grey(), SIZE, 7, 1)));
    assertFalse(Arrays.equals(binary, Binarization.fixed(grey(), SIZE, 8, 0)));
  }
}
