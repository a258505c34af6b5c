package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HalfTest {
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
        assertEquals((short) half, Half.of((float) value(half)), "half " + half);
        assertEquals((float) value(half), Half.value((short) half), "half " + half);
        checked++;
      }
    }
    assertEquals(2 * 31 * 1024, checked);
  }

  @Test
  void numbersBetweenGoToTheNearestAndTiesToEven() {
    assertEquals(0x3c00, Half.of(1 + 0x1p-12f));
    assertEquals(0x3c00, Half.of(1 + 0x1p-11f));
    assertEquals(0x3c01, Half.of(1 + 0x1.8p-11f));
    assertEquals(0x3c02, Half.of(1 + 0x1.8p-10f));
    assertEquals(0x4000, Half.of(2 - 0x1p-13f));
    assertEquals(0x0400, Half.of(0x1p-14f - 0x1p-26f));
    assertEquals(0, Half.of(Float.MIN_VALUE));
  }

  @Test
  void numbersBeyondTheRangeStayFinite() {
    assertEquals(0x7bff, Half.of(70_000));
    assertEquals((short) 0xfbff, Half.of(-Float.MAX_VALUE));
  }

  @Test
  void whatIsNoNumberIsKnown() {
    assertEquals(Float.NEGATIVE_INFINITY, Half.value((short) 0xfc00));
    assertEquals(Float.NaN, Half.value((short) 0x7e00));
  }
}
