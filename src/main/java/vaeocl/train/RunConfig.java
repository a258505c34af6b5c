package vaeocl.train;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vaeocl.formats.FormatException;
import vaeocl.formats.Sha256;
import vaeocl.formats.TextFile;
import vaeocl.model.SavedModel;
import vaeocl.model.SettingSpec;
import vaeocl.model.TextValue;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Likelihood;

/**
 * The contents of config.json: what was run, on which data, where, with what; enough to repeat the
 * run and to go on with it.
 *
 * @param version the program's
 * @param started ISO-8601, UTC
 * @param vae what defines the net and its training; in the file its settings stand by themselves
 * @param initFrom where the initial weights came from; empty if they were drawn
 * @param checkpointEvery steps between checkpoints within an epoch; 0 for none
 */
public record RunConfig(
    String version,
    String started,
    int epochs,
    VaeConfig vae,
    String initFrom,
    int checkpointEvery,
    ImagesOfRun dataset,
    Device device,
    Tiles tiling,
    Host host) {
  /** The key of {@link #identity} in a model's metadata. */
  static final String IDENTITY = "run";

  /** The key of the number of finished epochs there. */
  public static final String EPOCH = "epoch";

  private static final String VAE = "vae";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          // A later version may write more.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * What computed.
   *
   * @param ordinal its place, from 0, among the devices of its name on its platform
   * @param option what {@code --device} takes for it: its name, or its number where several have it
   */
  public record Device(
      String name,
      String platform,
      String vendor,
      String kind,
      String version,
      String driver,
      int ordinal,
      String option) {
    public Device {
      requireAll(name, platform, vendor, kind, version, driver, option);
      if (ordinal < 0) {
        throw new IllegalArgumentException("device ordinal " + ordinal);
      }
    }

    /** Whether it is the same one with the same driver, whatever number it has by now. */
    public boolean same(Device other) {
      return conditions().equals(other.conditions());
    }

    private List<Object> conditions() {
      return List.of(name, platform, vendor, kind, version, driver, ordinal);
    }
  }

  /**
   * How the work was cut.
   *
   * @param options the kernels' compiler options
   * @param kernels "packed", or the folder they came from
   */
  public record Tiles(String kind, String options, Map<String, Integer> sizes, String kernels) {
    public Tiles {
      requireAll(kind, options, sizes, kernels);
      sizes = Collections.unmodifiableMap(new TreeMap<>(sizes)); // in one order, whoever wrote it
    }
  }

  /** The host's side. */
  public record Host(String java, String os) {}

  public RunConfig {
    requireAll(version, started, vae, initFrom, dataset, device, tiling);
    if (epochs < 1 || checkpointEvery < 0) {
      throw new IllegalArgumentException("epochs " + epochs + ", every " + checkpointEvery);
    }
  }

  private static void requireAll(Object... values) {
    for (Object value : values) {
      Objects.requireNonNull(value);
    }
  }

  /** The same run with another end and other checkpoints, its images elsewhere, on a device. */
  public RunConfig with(
      int newEpochs, int newCheckpointEvery, ImagesOfRun where, Device on, Tiles by) {
    return new RunConfig(
        version, started, newEpochs, vae, initFrom, newCheckpointEvery, where, on, by, host);
  }

  /**
   * What makes it this run and no other, as a digest: net, training, seed and images; not where,
   * when, on what or for how many epochs. Settings that have their default are left out, so that a
   * setting that a later version adds changes no digest.
   */
  public String identity() {
    Sha256 sha256 = new Sha256().add(dataset.sha256());
    Map<String, Object> initial = VaeConfig.DEFAULT.values();
    Map<String, Object> values = vae.values();
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      Object value = values.get(setting.key());
      if (!value.equals(initial.get(setting.key()))) {
        sha256.add(setting.key()).add(setting.print(value));
      }
    }
    return sha256.hex();
  }

  /**
   * What a model of this run says of itself after so many epochs.
   *
   * @param variance of a Gaussian likelihood
   */
  Map<String, String> modelMetadata(int finished, double variance) {
    Map<String, String> metadata =
        new TreeMap<>(
            SavedModel.metadata(vae, dataset.height(), dataset.width(), dataset.name(), version));
    metadata.put(SavedModel.DATASET_SHA256, dataset.sha256());
    if (!dataset.imagesSha256().isEmpty()) {
      metadata.put(SavedModel.IMAGES_SHA256, dataset.imagesSha256());
    }
    metadata.put(IDENTITY, identity());
    metadata.put(EPOCH, Integer.toString(finished));
    if (vae.likelihood() == Likelihood.GAUSSIAN) {
      metadata.put(SavedModel.VARIANCE, Double.toString(variance));
    }
    return metadata;
  }

  /** As config.json has it. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as a tree. */
  ObjectNode tree() {
    ObjectNode node = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> e : JSON.valueToTree(this).properties()) {
      if (e.getKey().equals(VAE)) {
        vae.values().forEach((key, value) -> node.set(key, node(value)));
      } else {
        node.set(e.getKey(), e.getValue());
      }
    }
    dataset.asEarlier((ObjectNode) node.get("dataset"));
    if (device.ordinal() == 0 && device.option().isEmpty()) { // earlier versions wrote less
      ((ObjectNode) node.get("device")).remove(List.of("ordinal", "option"));
    }
    return node;
  }

  /**
   * Reads {@link #json}.
   *
   * @param file where the text comes from, for messages
   * @throws FormatException if it is no configuration of a run
   */
  public static RunConfig parse(Path file, String json) throws FormatException {
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode node)) {
        throw new IllegalArgumentException("it is no object");
      }
      if (!TextFile.isUnicode(node.toString())) {
        throw new IllegalArgumentException("a text is no Unicode");
      }
      if (node.get("dataset") instanceof ObjectNode images) {
        node.set("dataset", ImagesOfRun.completed(images));
      }
      if (node.get("device") instanceof ObjectNode device) { // likewise
        node.set("device", device.deepCopy().put("ordinal", 0).put("option", "").setAll(device));
      }
      node.putPOJO(VAE, VaeConfig.parse(key -> text(node.get(key))));
      return JSON.treeToValue(node, RunConfig.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String reason = e instanceof JsonProcessingException j ? JsonReason.of(j) : e.getMessage();
      throw new FormatException(file, "holds no configuration of a run: " + reason, e);
    }
  }

  /** A number as such, what is not one as its text; a list of one value as that value. */
  private static JsonNode node(Object value) {
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.createArrayNode();
      list.forEach(each -> array.add(node(each)));
      return array.size() == 1 ? array.get(0) : array;
    }
    return JSON.valueToTree(value instanceof Number ? value : TextValue.print(value));
  }

  static String text(JsonNode node) {
    if (node == null || node.isValueNode()) {
      return node == null ? null : node.asText();
    }
    return node.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
  }
}
