package vaeocl.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.formats.Sha256;
import vaeocl.formats.ShellLine;
import vaeocl.formats.TextFile;

/**
 * Whether the files of a run folder are of one run and as the run wrote them. The checkpoint holds
 * the configuration and the digests of the other files; each state that a killed run can leave is
 * good: lines of metrics.csv and a model of a later epoch than the checkpoint's, and the
 * config.json of before a resumption.
 *
 * @param folder of the run
 * @param config config.json, or null where there is none or it cannot be read
 * @param configDigest of the file
 * @param problem why config.json cannot be read, or ""
 * @param checkpoint or null
 */
record Consistency(
    Path folder, RunConfig config, String configDigest, String problem, Checkpoint checkpoint) {
  /** What a resumption may change. */
  private static final Set<String> CHANGEABLE =
      Set.of("epochs", "checkpoint_every", "dataset.name", "dataset.source", "device", "tiling");

  private static final int MOST_SAID = 4;

  /** Reads the checkpoint, or gives null. */
  interface Reading {
    Checkpoint read() throws FormatException;
  }

  /** config.json is read first: a resumption writes it after the checkpoint, which knows it. */
  static Consistency of(Path folder, Reading checkpoint) throws FormatException {
    Path configFile = folder.resolve(RunFolder.CONFIG);
    RunConfig config = null;
    String digest = "";
    String problem = "";
    if (Files.exists(configFile)) {
      try {
        String text = TextFile.read(configFile);
        digest = Sha256.of(text);
        config = RunConfig.parse(configFile, text);
      } catch (FormatException e) {
        problem = e.getMessage();
      }
    }
    return new Consistency(folder, config, digest, problem, checkpoint.read());
  }

  /**
   * Requires the checkpoint to be of the run that config.json says, and metrics.csv, where there is
   * one, to begin with the lines that this run wrote.
   *
   * @throws FormatException if they are not, or metrics.csv cannot be read
   */
  void requireOneRun(Path checkpointFile, Path metricsFile) throws FormatException {
    int epochs = checkpoint.position().epoch();
    boolean known = checkpoint.files() != null && epochs > 0 && Files.exists(metricsFile);
    boolean fits = !known || metricsFit(metricsFile, epochs);
    List<String> fixed = differences(true);
    if (!fixed.isEmpty()) {
      boolean foreign = known ? !fits : !config.started().equals(checkpoint.config().started());
      if (foreign) {
        throw new MixedRunException(
            checkpointFile,
            "is of another run than config.json: " + said(fixed) + "; put the run's own back");
      }
      throw new MixedRunException(
          folder, edited(fixed) + "; put that back, or delete config.json, which is written anew");
    }
    if (!fits) {
      throw new MixedRunException(
          metricsFile,
          "was edited since the run wrote it, or is of another run than the checkpoint; put the"
              + " run's own back, or begin a new run with train --init-from "
              + ShellLine.quoted(checkpointFile));
    }
  }

  private boolean metricsFit(Path file, int epochs) throws FormatException {
    List<String> lines = TextFile.read(file).lines().toList();
    return checkpoint.files().metrics().equals(FileDigests.metrics(lines, epochs));
  }

  /** What is wrong with config.json, in a sentence. */
  Optional<String> edited() {
    if (!problem.isEmpty()) {
      return Optional.of(problem);
    }
    List<String> all = differences(checkpoint != null && checkpoint.files() == null);
    return all.isEmpty() ? Optional.empty() : Optional.of(folder + ": " + edited(all));
  }

  private static String edited(List<String> differences) {
    return "config.json was edited since the run wrote it, or is of another checkpoint: "
        + said(differences);
  }

  private static String said(List<String> differences) {
    String more = differences.size() > MOST_SAID ? ", ..." : "";
    return differences.stream().limit(MOST_SAID).collect(Collectors.joining(", ")) + more;
  }

  /** "KEY is A where the checkpoint has B" for every value that differs. */
  private List<String> differences(boolean fixedOnly) {
    boolean former =
        checkpoint != null
            && checkpoint.files() != null
            && checkpoint.files().configBefore().equals(configDigest);
    if (config == null || checkpoint == null || former) {
      return List.of();
    }
    Map<String, String> here = new TreeMap<>();
    Map<String, String> there = new TreeMap<>();
    flatten("", config.tree(), here);
    flatten("", checkpoint.config().tree(), there);
    List<String> found = new ArrayList<>();
    Set<String> keys = new TreeSet<>(here.keySet());
    keys.addAll(there.keySet());
    for (String key : keys) {
      String a = here.getOrDefault(key, "missing");
      String b = there.getOrDefault(key, "missing");
      boolean changeable =
          CHANGEABLE.contains(key)
              || CHANGEABLE.contains(key.replaceAll("\\..*", ""))
              || key.startsWith("dataset.reading");
      if (!a.equals(b) && !(fixedOnly && changeable)) {
        found.add(key + " is " + a + " where the checkpoint has " + b);
      }
    }
    return found;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e -> flatten((path.isEmpty() ? "" : path + ".") + e.getKey(), e.getValue(), into));
      return;
    }
    StringJoiner text = new StringJoiner(",");
    if (node.isArray()) {
      node.forEach(each -> text.add(each.asText()));
    } else {
      text.add(node.asText());
    }
    into.put(path, text.toString());
  }

  /**
   * Requires model.safetensors, where there is one, to be this run's.
   *
   * @throws FormatException if it is not, or cannot be read
   */
  void requireModel(Path file) throws FormatException {
    if (!Files.exists(file)) {
      return;
    }
    String digest = Sha256.of(file); // before what it says: a training may replace it meanwhile
    Map<String, String> metadata = Safetensors.read(file).metadata();
    String run = metadata.get(RunConfig.IDENTITY);
    String ofCheckpoint = checkpoint == null ? null : checkpoint.config().identity();
    List<String> known =
        Stream.of(config == null ? null : config.identity(), ofCheckpoint)
            .filter(identity -> identity != null)
            .toList();
    if (run != null && !known.isEmpty() && !known.contains(run)) {
      throw new MixedRunException(
          file,
          "is of another run than config.json, or that was edited; put the run's own back, or name"
              + " this file itself in a folder of its own");
    }
    boolean comparable =
        checkpoint != null
            && checkpoint.files() != null
            && (run == null || run.equals(ofCheckpoint));
    if (comparable && !digest.equals(checkpoint.files().model()) && !later(run, metadata)) {
      throw new MixedRunException(
          file,
          "is not the one that the run wrote: damaged, edited or of another run; put the run's own"
              + " back, or move this one away and use it there");
    }
  }

  /** Whether a model is of an epoch whose checkpoint was not written any more. */
  private boolean later(String run, Map<String, String> metadata) {
    try {
      int epoch = Integer.parseInt(metadata.getOrDefault(RunConfig.EPOCH, ""));
      return run != null && epoch > checkpoint.position().epoch();
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
