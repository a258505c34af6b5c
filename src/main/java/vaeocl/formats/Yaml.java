package vaeocl.formats;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * YAML of maps, lists, texts and numbers, in block style. Every text stands in double quotes, so
 * that no name is taken for anything else ({@code no}, {@code a: b}, {@code #1}).
 */
public final class Yaml {
  private Yaml() {}

  /**
   * A document without its marks.
   *
   * @param values maps, lists, texts and finite numbers, in this order
   */
  public static String text(Map<String, ?> values) {
    StringBuilder text = new StringBuilder();
    map(values, "", text);
    return text.toString();
  }

  private static void map(Map<?, ?> values, String indent, StringBuilder text) {
    String before = "";
    for (Map.Entry<?, ?> e : values.entrySet()) {
      text.append(before).append(e.getKey()).append(':');
      before = indent; // the first key stands where its map begins
      value(e.getValue(), indent, text);
    }
  }

  private static void value(Object value, String indent, StringBuilder text) {
    String deeper = indent + "  ";
    if (value instanceof Map<?, ?> map) {
      text.append('\n').append(deeper);
      map(map, deeper, text);
    } else if (value instanceof List<?> list) {
      text.append('\n');
      for (Object item : list) {
        text.append(indent).append("-");
        if (item instanceof Map<?, ?> map) {
          text.append(' ');
          map(map, deeper, text);
        } else {
          value(item, deeper, text);
        }
      }
    } else if (value instanceof Number number) {
      // Not 1E7, which is a text to readers of YAML 1.1.
      text.append(' ').append(new BigDecimal(number.toString()).toPlainString()).append('\n');
    } else {
      text.append(' ').append(quoted(value.toString())).append('\n');
    }
  }

  /** In double quotes, with escapes for what YAML has no place for. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029) {
                quoted.append("\\u%04x".formatted(c));
              } else if ((c >= 0xd800 && c < 0xe000) || c == 0xfeff || (c & 0xfffe) == 0xfffe) {
                quoted.append('\ufffd'); // half a character, or none
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
