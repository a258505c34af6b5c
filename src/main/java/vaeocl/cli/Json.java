package vaeocl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as JSON, which has no infinite numbers: they become null, and it is said. */
final class Json {
  private final List<String> nulls = new ArrayList<>();

  private Json() {}

  /** An object in one line. */
  static String line(Map<String, Object> values, PrintWriter err) {
    return text(values, err, false);
  }

  /** An object in many lines. */
  static String pretty(Map<String, Object> values, PrintWriter err) {
    return text(values, err, true);
  }

  /**
   * Writes an object into a file of its own.
   *
   * @throws IOException if it cannot be written, naming it
   */
  static void write(Path file, Map<String, Object> values, PrintWriter err) throws IOException {
    byte[] text = (pretty(values, err) + "\n").getBytes(StandardCharsets.UTF_8);
    OutputFile.write(file, stream -> stream.write(text));
  }

  private static String text(Map<String, Object> values, PrintWriter err, boolean pretty) {
    Json json = new Json();
    Object finite = json.finite("", values);
    if (!json.nulls.isEmpty()) {
      err.println(
          "vae-ocl: warning: null in the JSON, since not finite: " + String.join(", ", json.nulls));
      err.flush();
    }
    try {
      ObjectMapper mapper = new ObjectMapper();
      return pretty
          ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(finite)
          : mapper.writeValueAsString(finite);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object finite(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, v) -> copy.put(key.toString(), finite(key.toString(), v)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(v -> copy.add(finite(name, v)));
      return copy;
    }
    if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
      nulls.add(name);
      return null;
    }
    return value;
  }
}
