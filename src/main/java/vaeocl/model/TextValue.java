package vaeocl.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values and their texts, for command lines and files: numbers in plain decimal notation and the
 * constants of enums. What {@link #print} writes, {@link #parse} reads as the same value.
 */
public final class TextValue {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern NOT_ZERO = Pattern.compile("[^eE]*[1-9].*");

  private TextValue() {}

  /** Whether there are values of this type: int, long, double, boxed or not, or an enum. */
  public static boolean knows(Class<?> type) {
    return isInt(type) || isLong(type) || isDouble(type) || type.isEnum();
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if the text has none: "expected a whole number but was 'x'"; a
   *     {@link NumberFormatException} if it is one, but beyond what the type can hold
   */
  public static Object parse(Class<?> type, String text) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> print(constant).equals(folded(text)))
          .findFirst()
          .orElseThrow(() -> unexpected(expected(type), text));
    }
    if (!(isDouble(type) ? DECIMAL : WHOLE).matcher(text).matches()) {
      throw unexpected(expected(type), text);
    }
    return isDouble(type) ? decimal(text) : whole(type, text);
  }

  private static Object whole(Class<?> type, String text) {
    try {
      if (isInt(type)) {
        return Integer.valueOf(text);
      }
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      Object least = isInt(type) ? (Object) Integer.MIN_VALUE : (Object) Long.MIN_VALUE;
      Object most = isInt(type) ? (Object) Integer.MAX_VALUE : (Object) Long.MAX_VALUE;
      String limits = "a whole number from " + least + " to " + most;
      throw new NumberFormatException(sentence(limits, text));
    }
  }

  private static Double decimal(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value) || (value == 0 && NOT_ZERO.matcher(text).matches())) {
      String limits = "a number that a double can hold, of about 4.9e-324 to 1.8e308,";
      throw new NumberFormatException(sentence(limits, text));
    }
    return value;
  }

  /** What a text has to be, as the end of a sentence. */
  static String expected(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(TextValue::print)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return isDouble(type) ? "a decimal number such as 0.5 or 1e-3" : "a whole number";
  }

  static IllegalArgumentException unexpected(String expected, String text) {
    return new IllegalArgumentException(sentence(expected, text));
  }

  private static String sentence(String expected, String text) {
    return "expected " + expected + " but was '" + text + "'";
  }

  /** The text of a value; of an enum's constant its name, in lower case and with hyphens. */
  public static String print(Object value) {
    return value instanceof Enum<?> constant ? folded(constant.name()) : value.toString();
  }

  /** In any locale: to Turkish, "I" and "i" are different letters. */
  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isInt(Class<?> type) {
    return type == int.class || type == Integer.class;
  }

  private static boolean isLong(Class<?> type) {
    return type == long.class || type == Long.class;
  }

  private static boolean isDouble(Class<?> type) {
    return type == double.class || type == Double.class;
  }
}
