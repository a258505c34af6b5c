package vaeocl.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import vaeocl.formats.FormatException;
import vaeocl.model.VaeConfig;

/**
 * The contents of config.json: what was run, on which data, where, with what; enough to repeat the
 * run and to go on with it.
 *
 * @param version the program's
 * @param started ISO-8601, UTC
 * @param initFrom where the initial weights came from; empty if they were drawn
 * @param checkpointEvery steps between checkpoints within an epoch; 0 for none
 */
public record RunConfig(
    String version,
    String started,
    int epochs,
    int batchSize,
    double learningRate,
    double beta,
    int latent,
    int hidden,
    long seed,
    String initFrom,
    int checkpointEvery,
    Data dataset,
    Device device,
    Tiles tiling,
    Host host) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A later version may write more.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * The images.
   *
   * @param sha256 of the four unpacked files
   */
  public record Data(
      String name,
      String source,
      String sha256,
      int trainImages,
      int testImages,
      int height,
      int width) {
    public Data {
      requireAll(name, source, sha256);
    }
  }

  /** What computed. */
  public record Device(
      String name, String platform, String vendor, String kind, String version, String driver) {
    public Device {
      requireAll(name, platform, vendor, kind, version, driver);
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
      requireAll(kind, options, kernels);
      sizes = Collections.unmodifiableMap(new TreeMap<>(sizes)); // in one order, whoever wrote it
    }
  }

  /** The host's side. */
  public record Host(String java, String os) {}

  public RunConfig {
    requireAll(version, started, initFrom);
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(tiling, "tiling");
    if (epochs < 1 || checkpointEvery < 0) {
      throw new IllegalArgumentException("epochs " + epochs + ", every " + checkpointEvery);
    }
    new VaeConfig(List.of(hidden), latent, batchSize, learningRate, beta, seed); // for its checks
  }

  private static void requireAll(String... values) {
    for (String value : values) {
      Objects.requireNonNull(value, "a text is missing");
    }
  }

  /** What defines the net and its training. */
  public VaeConfig vae() {
    return new VaeConfig(List.of(hidden), latent, batchSize, learningRate, beta, seed);
  }

  /** The same run with another end and other checkpoints, its images elsewhere, on a device. */
  public RunConfig with(int newEpochs, int newCheckpointEvery, Data where, Device on, Tiles by) {
    return new RunConfig(
        version,
        started,
        newEpochs,
        batchSize,
        learningRate,
        beta,
        latent,
        hidden,
        seed,
        initFrom,
        newCheckpointEvery,
        where,
        on,
        by,
        host);
  }

  /** As config.json has it. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads {@link #json}.
   *
   * @param file where the text comes from, for messages
   * @throws FormatException if it is no configuration of a run
   */
  public static RunConfig parse(Path file, String json) throws FormatException {
    try {
      return Objects.requireNonNull(JSON.readValue(json, RunConfig.class));
    } catch (JsonProcessingException | RuntimeException e) {
      String reason = e instanceof JsonProcessingException j ? j.getOriginalMessage() : "empty";
      throw new FormatException(file, "holds no configuration of a run: " + reason, e);
    }
  }
}
