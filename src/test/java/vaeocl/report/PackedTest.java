package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class PackedTest {
  /** What binary16 means, written down independently of the packing. */
  private static double value(int half) {
    int exponent = half >> 10 & 31;
    int mantissa = half & 1023;
    double magnitude =
        exponent == 0
            ? mantissa * Math.pow(2, -24)
            : (1 + mantissa / 1024.0) * Math.pow(2, exponent - 15);
    return (half & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void everyFiniteHalfIsItself() {
    int checked = 0;
    for (int half = 0; half < 0x10000; half++) {
      if ((half & 0x7c00) != 0x7c00) {
        assertEquals((short) half, Packed.half((float) value(half)), "half " + half);
        checked++;
      }
    }
    assertEquals(2 * 31 * 1024, checked);
  }

  @Test
  void numbersBetweenGoToTheNearestAndTiesToEven() {
    assertEquals(0x3c00, Packed.half(1 + 0x1p-12f));
    assertEquals(0x3c00, Packed.half(1 + 0x1p-11f));
    assertEquals(0x3c01, Packed.half(1 + 0x1.8p-11f));
    assertEquals(0x3c02, Packed.half(1 + 0x1.8p-10f));
    assertEquals(0x4000, Packed.half(2 - 0x1p-13f));
    assertEquals(0x0400, Packed.half(0x1p-14f - 0x1p-26f));
    assertEquals(0, Packed.half(Float.MIN_VALUE));
  }

  @Test
  void numbersBeyondTheRangeStayFinite() {
    assertEquals(0x7bff, Packed.half(70_000));
    assertEquals((short) 0xfbff, Packed.half(-Float.MAX_VALUE));
  }

  @Test
  void bytesAreLittleEndian() {
    assertArrayEquals(
        new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0},
        Base64.getDecoder().decode(Packed.floats(new float[] {1, -2})));
    assertArrayEquals(
        new byte[] {0, 0x3c, 0, (byte) 0xc0},
        Base64.getDecoder().decode(Packed.halves(new float[] {1, -2})));
  }

  @Test
  void lengthIsThatOfTheText() {
    for (int bytes = 0; bytes < 10; bytes++) {
      assertEquals(Packed.bytes(new byte[bytes]).length(), Packed.length(bytes));
    }
  }
}
