package vaeocl.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import vaeocl.data.Images;
import vaeocl.formats.Film;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.formats.TextFile;
import vaeocl.model.EpochResult;

/**
 * What a report is made of. Every part may be missing, as it is in an unfinished or damaged run.
 *
 * @param config config.json, an object; null if missing
 * @param metrics the lines of metrics.csv; empty if missing
 * @param test the test pictures; null if missing
 * @param labels the class of each test picture, unsigned; null where it has none
 * @param mu means of the encoded test pictures, [count, latent]; null if missing
 * @param logvar logarithms of their variances, [count, latent]; null if missing
 * @param weights model.safetensors, by PyTorch's names; empty if missing
 * @param decoder null if missing: the weights then decode on the host
 * @param film how the latent space grew; null where that was not kept
 */
public record RunData(
    JsonNode config,
    List<EpochResult> metrics,
    Images test,
    byte[] labels,
    float[] mu,
    float[] logvar,
    Map<String, FloatArray> weights,
    Decoder decoder,
    Film film) {
  /** A hundred times what a run writes. */
  private static final int MAX_CONFIG = 1 << 20;

  /** As where a run is gone on with, so that a page has one notice of it. */
  private static final String UNUSABLE = "holds no configuration of a run: ";

  /**
   * @throws IllegalArgumentException if the numbers of pictures, labels and means do not fit
   */
  public RunData {
    metrics = List.copyOf(metrics);
    if (config != null && !config.isObject()) {
      throw new IllegalArgumentException("The configuration is not an object");
    }
    if (labels != null && (test == null || labels.length != test.count())) {
      throw new IllegalArgumentException(labels.length + " labels for " + test);
    }
    if (mu != null && (test == null || mu.length == 0 || mu.length % test.count() != 0)) {
      throw new IllegalArgumentException(mu.length + " means for " + test);
    }
    if (logvar != null && (mu == null || logvar.length != mu.length)) {
      throw new IllegalArgumentException(logvar.length + " variances without as many means");
    }
  }

  /** A run without a film. */
  public RunData(
      JsonNode config,
      List<EpochResult> metrics,
      Images test,
      byte[] labels,
      float[] mu,
      float[] logvar,
      Map<String, FloatArray> weights,
      Decoder decoder) {
    this(config, metrics, test, labels, mu, logvar, weights, decoder, null);
  }

  /**
   * What the run folder itself holds; each file that cannot be used adds a line to {@code notices}.
   *
   * @param metrics of all epochs
   */
  public static RunData read(Path folder, List<EpochResult> metrics, List<String> notices) {
    JsonNode config = or(null, () -> config(folder.resolve("config.json")), notices);
    Map<String, FloatArray> weights =
        or(
            Map.of(),
            () -> Safetensors.read(folder.resolve("model.safetensors")).tensors(),
            notices);
    return new RunData(config, metrics, null, null, null, null, weights, null);
  }

  /** A run of which nothing but its configuration is known yet. */
  public static RunData begun(String json) throws IOException {
    return new RunData(
        new ObjectMapper().readTree(json), List.of(), null, null, null, null, Map.of(), null);
  }

  /** The same with other metrics. */
  public RunData withMetrics(List<EpochResult> rows) {
    return new RunData(config, rows, test, labels, mu, logvar, weights, decoder, film);
  }

  /** The same with a test set. */
  public RunData withTest(Images images, byte[] classes) {
    return new RunData(config, metrics, images, classes, mu, logvar, weights, decoder, film);
  }

  /** The same with the encoded test set. */
  public RunData withEncoded(float[] means, float[] logVariances) {
    return new RunData(config, metrics, test, labels, means, logVariances, weights, decoder, film);
  }

  /** The same with a decoder. */
  public RunData withDecoder(Decoder other) {
    return new RunData(config, metrics, test, labels, mu, logvar, weights, other, film);
  }

  /** The same with a film. */
  public RunData withFilm(Film other) {
    return new RunData(config, metrics, test, labels, mu, logvar, weights, decoder, other);
  }

  private interface Reading<T> {
    T get() throws FormatException;
  }

  private static <T> T or(T otherwise, Reading<T> reading, List<String> notices) {
    try {
      return reading.get();
    } catch (FormatException e) {
      notices.add(e.getMessage());
      return otherwise;
    }
  }

  private static JsonNode config(Path file) throws FormatException {
    try {
      String text = TextFile.read(file, MAX_CONFIG, "no run's configuration is");
      JsonNode config = new ObjectMapper().readTree(text);
      if (!config.isObject()) {
        throw new FormatException(file, UNUSABLE + "it is no object");
      }
      return config;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new FormatException(file, UNUSABLE + "not valid JSON, at line " + line, e);
    }
  }
}
