package vaeocl.formats;

/** IEEE 754's binary16: a sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
public final class Half {
  private static final short LARGEST = 0x7bff;

  private Half() {}

  /** The nearest one, ties to even; beyond its range the largest finite one. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude < 0x38800000) { // below 2^-14 its steps no longer shrink
      return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
    }
    int rounded = (magnitude + 0xfff + (magnitude >>> 13 & 1) - 0x38000000) >>> 13;
    return (short) (sign | Math.min(rounded, LARGEST));
  }

  /** Its value, which may be infinite or no number. */
  public static float value(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
