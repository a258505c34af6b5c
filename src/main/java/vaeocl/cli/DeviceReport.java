package vaeocl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vaeocl.opencl.device.ClDevice;

/** What 'device-report' finds, as JSON. */
final class DeviceReport {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final ObjectNode root = JSON.createObjectNode();
  private final ArrayNode parts;

  DeviceReport() {
    root.put("version", Version.number());
    root.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("java", System.getProperty("java.version"));
    root.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    root.putObject("device");
    parts = root.putArray("parts");
  }

  /** What the device says of itself, its limits among it. */
  void device(ClDevice device) {
    ObjectNode node = JSON.valueToTree(device.info());
    node.set("sub_groups", JSON.valueToTree(device.subGroups()));
    root.set("device", node);
  }

  /**
   * A part, with the figures that it wrote if it did.
   *
   * @param figures its JSON, or the folder of a run
   */
  void add(ReportedPart part, Path figures) {
    ObjectNode node = JSON.valueToTree(part);
    try {
      if (Files.isDirectory(figures)) {
        node.set("figures", run(figures));
      } else if (Files.isRegularFile(figures)) {
        node.set("figures", JSON.readTree(figures.toFile()));
      }
    } catch (IOException e) {
      node.put("problem", "no figures: " + Failure.of(e).message());
    }
    parts.add(node);
  }

  /** A part that could not even begin. */
  void add(String name, Throwable why) {
    parts.addObject().put("name", name).put("problem", Failure.of(why).message());
  }

  /** Where a run was, its tiling, and each epoch's line. */
  private static ObjectNode run(Path folder) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    JsonNode config = JSON.readTree(folder.resolve("config.json").toFile());
    node.set("dataset", config.path("dataset").path("name"));
    node.set("tiling", config.path("tiling"));
    List<String> lines = Files.readAllLines(folder.resolve("metrics.csv"));
    List<String> columns = List.of(lines.get(0).split(",", -1));
    ArrayNode epochs = node.putArray("epochs");
    for (String line : lines.subList(1, lines.size())) {
      ObjectNode epoch = epochs.addObject();
      String[] values = line.split(",", -1);
      for (int i = 0; i < columns.size(); i++) {
        epoch.set(columns.get(i), JSON.readTree(values[i]));
      }
    }
    return node;
  }

  /** Names of the parts that failed. */
  List<String> failed() {
    return parts
        .valueStream()
        .filter(p -> !p.path("problem").asText().isEmpty())
        .map(p -> p.path("name").asText())
        .toList();
  }

  /** All of it. */
  JsonNode tree() {
    return root;
  }

  /** All of it as text. */
  String text() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
