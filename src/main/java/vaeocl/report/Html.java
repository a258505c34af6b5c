package vaeocl.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text into HTML: nothing that a file says can become markup. */
final class Html {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Html() {}

  /** Text as it may stand between tags, and within quoted attributes. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** JSON as it may stand in a script element, which "&lt;/script" would end anywhere. */
  static String json(String json) {
    return json.replace("<", "\\u003c");
  }

  /**
   * A template with every {{name}} filled in. What is filled in is not searched again.
   *
   * @param values HTML, by name
   * @throws IllegalArgumentException if a name has no value
   */
  static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException("No value for " + place.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** A text file on the class path. */
  static String resource(String path) throws IOException {
    try (InputStream in = Html.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("missing in the program: " + path + "; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
