package vaeocl.formats;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an .npy file's values, which NumPy writes as "<f4": byte order, kind, bytes each.
 *
 * @param order of a number's bytes; without one, or with the writer's own, little-endian is meant
 */
record NpyType(NumberType number, ByteOrder order) {
  private static final Pattern DESCR = Pattern.compile("([<>|=]?)(\\w++)");

  /**
   * @throws FormatException naming {@code file}, if the values are no numbers or too wide
   */
  static NpyType of(Path file, String descr) throws FormatException {
    if (descr.endsWith("O")) {
      throw new FormatException(
          file, "holds Python objects, which are never read; save a plain array of numbers");
    }
    Matcher parts = DESCR.matcher(descr);
    NumberType number = parts.matches() ? number(parts.group(2)) : null;
    if (number == null) {
      throw new FormatException(
          file,
          "holds dtype \""
              + (descr.length() > 20 ? descr.substring(0, 20) + "..." : descr)
              + "\", but bool, integers and floats of at most 64 bits are read; save it with"
              + " .astype(np.float32)");
    }
    boolean big = parts.group(1).equals(">");
    return new NpyType(number, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static NumberType number(String code) {
    return switch (code) {
      case "b1" -> NumberType.BOOL;
      case "i1" -> NumberType.INT8;
      case "i2" -> NumberType.INT16;
      case "i4" -> NumberType.INT32;
      case "i8" -> NumberType.INT64;
      case "u1" -> NumberType.UINT8;
      case "u2" -> NumberType.UINT16;
      case "u4" -> NumberType.UINT32;
      case "u8" -> NumberType.UINT64;
      case "f2" -> NumberType.FLOAT16;
      case "f4" -> NumberType.FLOAT32;
      case "f8" -> NumberType.FLOAT64;
      default -> null;
    };
  }
}
