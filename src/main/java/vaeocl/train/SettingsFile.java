package vaeocl.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vaeocl.formats.FormatException;
import vaeocl.formats.TextFile;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;

/** Settings of a training from a JSON file: one written for it, or any run's config.json. */
public final class SettingsFile {
  private static final String EPOCHS = "epochs";

  /** What else a config.json has: the run's, and no settings of another. */
  private static final Set<String> OF_A_RUN =
      Set.of(
          "version",
          "started",
          "init_from",
          "checkpoint_every",
          "dataset",
          "device",
          "tiling",
          "host");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private SettingsFile() {}

  /**
   * Texts by {@link SettingSpec#key}, and of {@code epochs}.
   *
   * @throws FormatException if it is no object, or names a setting that there is not
   */
  public static Map<String, String> read(Path file) throws FormatException {
    Set<String> known =
        VaeConfig.SETTINGS.stream().map(SettingSpec::key).collect(Collectors.toSet());
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : object(file).properties()) {
      if (known.contains(e.getKey()) || e.getKey().equals(EPOCHS)) {
        settings.put(e.getKey(), RunConfig.text(e.getValue()));
      } else if (!OF_A_RUN.contains(e.getKey())) {
        String all = known.stream().sorted().collect(Collectors.joining(", "));
        throw new FormatException(
            file, "'" + e.getKey() + "' is no setting; there are epochs, " + all);
      }
    }
    return settings;
  }

  private static ObjectNode object(Path file) throws FormatException {
    try {
      if (JSON.readTree(TextFile.read(file)) instanceof ObjectNode object) {
        return object;
      }
      throw new FormatException(file, "holds no settings: it is no JSON object");
    } catch (JsonProcessingException e) {
      throw new FormatException(file, "holds no settings: " + JsonReason.of(e), e);
    }
  }
}
