package vaeocl.data;

import java.nio.file.Path;
import java.util.Locale;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.NumberArray;

/** Numbers of arrays as the 8-bit grey levels that a data set keeps. */
public final class GreyLevels {
  /** A multiple of 1/255 that was computed in single precision is not off by more. */
  private static final double EXACT = 0x1p-22;

  /** How far interpolation may have led out of [0, 1]. */
  private static final float OVERSHOOT = 0.25f;

  /** So many standard deviations below their mean no images begin. */
  private static final float STANDARDISED = 10;

  private GreyLevels() {}

  /**
   * Bytes as they are; floats in [0, 1] as the nearest multiples of 1/255, which is said where they
   * were others.
   *
   * @param file that holds them, for messages
   * @throws FormatException if floats lie outside of [0, 1]
   */
  static byte[] of(Path file, NumberArray array, Notices notices) throws FormatException {
    if (array instanceof ByteArray bytes) {
      warnOfBits(file, bytes.values(), notices);
      return bytes.values();
    }
    float[] values = ((FloatArray) array).values();
    requireUnit(file, values);
    byte[] levels = new byte[values.length];
    int changed = 0;
    double most = 0;
    for (int i = 0; i < values.length; i++) {
      long level = Math.round(255.0 * values[i]);
      double error = Math.abs(values[i] - level / 255.0);
      changed += error > EXACT ? 1 : 0;
      most = Math.max(most, error);
      levels[i] = (byte) level;
    }
    if (changed > 0) {
      notices.warning(
          String.format(
              Locale.ROOT,
              "%s: %d of %d values are no multiples of 1/255; images are kept in 8 bits, which"
                  + " changes them by up to %.2g",
              file,
              changed,
              values.length,
              most));
    }
    return levels;
  }

  /** Bytes 0 and 1 are black and nearly black. */
  private static void warnOfBits(Path file, byte[] values, Notices notices) {
    boolean any = false;
    for (byte value : values) {
      if ((value & 0xfe) != 0) {
        return;
      }
      any |= value != 0;
    }
    if (any) {
      notices.warning(
          file
              + ": all bytes are 0 or 1 of 255, which is black; where 1 is white, save it with"
              + " .astype(np.float32)");
    }
  }

  /**
   * Refuses pixels that are not between black and white.
   *
   * @throws FormatException if values lie outside of [0, 1], saying how they most likely came about
   */
  public static void requireUnit(Path file, float[] values) throws FormatException {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least < 0 || greatest > 1) {
      throw new FormatException(
          file,
          "holds values from %s to %s; pixels have to be in [0, 1], or integers in 0..255: %s"
              .formatted(least, greatest, remedy(least, greatest)));
    }
  }

  /** How values of this range most likely came about, undone. */
  private static String remedy(float least, float greatest) {
    if (least >= 0) {
      return greatest <= 255 ? "divide bytes by 255" : "divide by what white is, such as 65535";
    }
    if (least >= -OVERSHOOT && greatest <= 1 + OVERSHOOT) {
      return "if they come from resizing, use np.clip(x, 0, 1)";
    }
    if (least >= -1 && greatest <= 1) {
      return "if they are in [-1, 1], use (x + 1) / 2";
    }
    if (least < -STANDARDISED) {
      return "use (x - black) / (white - black)";
    }
    return "if they were standardised, use x * std + mean, with the std and mean that were used";
  }
}
