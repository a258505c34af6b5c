package vaeocl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text into HTML: nothing that a file says can become markup. */
final class Html {
  private static final ObjectMapper JSON = new ObjectMapper();
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

  /**
   * Writes JSON as it may stand in a script element, which "&lt;/script" would end anywhere. It may
   * be megabytes, so nowhere is it a text as a whole.
   */
  static void json(JsonNode json, Writer out) throws IOException {
    JsonGenerator generator = JSON.createGenerator(out).setCharacterEscapes(new NoMarkup());
    JSON.writeTree(generator, json);
    generator.flush();
  }

  private static final class NoMarkup extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes['<'] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null; // the standard one
    }
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
