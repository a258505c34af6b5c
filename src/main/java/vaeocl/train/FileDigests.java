package vaeocl.train;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.formats.Sha256;

/**
 * SHA-256 of the files that a checkpoint belongs to, in hexadecimal; "" where there was none.
 *
 * @param configBefore of the config.json that a resumption replaces by the checkpoint's own: killed
 *     in between, a run has the former
 * @param metrics of metrics.csv with the lines of the finished epochs
 * @param model of model.safetensors after them
 */
record FileDigests(String configBefore, String metrics, String model) {
  private static final String CONFIG_BEFORE = "config_before_sha256";
  private static final String METRICS = "metrics_sha256";
  private static final String MODEL = "model_sha256";

  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(CONFIG_BEFORE, configBefore);
    metadata.put(METRICS, metrics);
    metadata.put(MODEL, model);
    return metadata;
  }

  /** From {@link #metadata}. */
  static FileDigests of(Map<String, String> metadata) {
    return new FileDigests(
        metadata.getOrDefault(CONFIG_BEFORE, ""),
        metadata.getOrDefault(METRICS, ""),
        metadata.getOrDefault(MODEL, ""));
  }

  /**
   * Of the header and so many epochs' lines, the same where a later version completes them; ""
   * where there are fewer, or none.
   */
  static String metrics(List<String> lines, int epochs) {
    boolean all = epochs > 0 && lines.size() > epochs;
    return all
        ? Sha256.of(lines.stream().limit(epochs + 1).map(Metrics::earlier).collect(joining("\n")))
        : "";
  }
}
