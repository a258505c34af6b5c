package vaeocl.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import vaeocl.formats.FormatException;
import vaeocl.model.Objective;
import vaeocl.model.TextValue;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Activation;
import vaeocl.ops.Likelihood;

/**
 * config.json as the report reads it: it may be anybody's, so nothing in it is taken for granted.
 */
final class Settings {
  private static final int LONGEST = 300;
  private static final int MOST_ENTRIES = 200;

  private final JsonNode config;

  /**
   * @param config an object, or null if there is none
   */
  Settings(JsonNode config) {
    this.config = config == null ? JsonNodeFactory.instance.objectNode() : config;
  }

  /** The value at a path such as "dataset.name", on one line and of bearable length; "" if none. */
  String text(String path) {
    JsonNode node = config;
    for (String key : path.split("\\.", -1)) {
      node = node.path(key);
    }
    return readable(node);
  }

  /** A number, or {@code otherwise} where the file has none within int's range. */
  int integer(String path, int otherwise) {
    String text = text(path);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The seed of the run; the default where the file has none. */
  long seed() {
    return config.path("seed").asLong(VaeConfig.DEFAULT.seed());
  }

  /** The hidden layers' activation; the default where the file has none that is known. */
  Activation activation() {
    try {
      return (Activation) TextValue.parse(Activation.class, text("activation"));
    } catch (IllegalArgumentException e) {
      return VaeConfig.DEFAULT.activation();
    }
  }

  /**
   * What the decoder's output says of a pixel; the default where the file has none that is known.
   */
  Likelihood likelihood() {
    try {
      return (Likelihood) TextValue.parse(Likelihood.class, text("likelihood"));
    } catch (IllegalArgumentException e) {
      return VaeConfig.DEFAULT.likelihood();
    }
  }

  /** Whether it was trained without noise, so that variances mean nothing. */
  boolean autoencoder() {
    return text("objective").equals(TextValue.print(Objective.AE));
  }

  /** Whether all pictures are scaled to one box and lie about one centre of mass. */
  boolean centred() {
    return className().equals("digit") || text("dataset.name").startsWith("emnist-");
  }

  /** The data set's name for people. */
  String dataset() {
    String name = text("dataset.name");
    return switch (name) {
      case "" -> "unnamed data set";
      case "mnist" -> "MNIST";
      case "fashion-mnist" -> "Fashion-MNIST";
      default -> name;
    };
  }

  /** What a picture's title ends in: every data set but MNIST is named. */
  String suffix() {
    String name = dataset();
    return name.equals("MNIST") ? "" : " (" + shortened(name, 30) + ")";
  }

  /** What the classes are called: digits, where it is known that they are. */
  String className() {
    String name = text("dataset.name");
    return List.of("mnist", "digits", "emnist-digits").contains(name) ? "digit" : "class";
  }

  /** Everything, by section; the values outside of any are in section "run". */
  Map<String, Map<String, String>> sections() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    sections.put("run", new LinkedHashMap<>());
    int entries = 0;
    for (Map.Entry<String, JsonNode> e : config.properties()) {
      if (e.getValue().isObject()) {
        Map<String, String> section = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> inner : e.getValue().properties()) {
          if (entries++ < MOST_ENTRIES) {
            section.put(label(inner.getKey()), readable(inner.getValue()));
          }
        }
        sections.put(label(e.getKey()), section);
      } else if (entries++ < MOST_ENTRIES) {
        sections.get("run").put(label(e.getKey()), readable(e.getValue()));
      }
    }
    return sections;
  }

  private static String label(String key) {
    String text = FormatException.oneLine(shortened(key, 60)).replace('_', ' ');
    return text.toLowerCase(Locale.ROOT);
  }

  private static String readable(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    String text =
        node.isValueNode() ? node.asText() : node.isArray() ? list(node) : node.toString();
    return FormatException.oneLine(shortened(text, LONGEST));
  }

  /** As options have lists. */
  private static String list(JsonNode array) {
    StringJoiner text = new StringJoiner(",");
    for (JsonNode each : array) {
      text.add(each.isValueNode() ? each.asText() : each.toString());
    }
    return text.toString();
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
