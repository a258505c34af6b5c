package vaeocl.formats;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NumPy's names for types that are not read, and what to do about them. */
final class NpyType {
  /** Byte order, kind, bytes an element. */
  private static final Pattern NUMERIC = Pattern.compile("([<>|=]?)([fiub])([0-9]{1,2})");

  private NpyType() {}

  /** A sentence for a file whose values are of type {@code descr}, such as "<f8". */
  static String refusal(String descr) {
    if (descr.endsWith("O")) {
      return "holds Python objects, which are never read; save a plain array of numbers";
    }
    Matcher numeric = NUMERIC.matcher(descr);
    if (!numeric.matches()) {
      return "holds dtype \""
          + (descr.length() > 20 ? descr.substring(0, 20) + "..." : descr)
          + "\"; only float32 and uint8 are read";
    }
    int bits = 8 * Integer.parseInt(numeric.group(3));
    String kind =
        switch (numeric.group(2)) {
          case "f" -> "float" + bits;
          case "i" -> "int" + bits;
          case "u" -> "uint" + bits;
          default -> "bool";
        };
    String order = numeric.group(1).equals(">") && bits > 8 ? "big-endian " : "";
    String remedy =
        kind.startsWith("float")
            ? "save it with .astype(np.float32)"
            : "save it with .astype(np.float32), or .astype(np.uint8) for grey values 0..255";
    return "holds " + order + kind + "; " + remedy;
  }
}
