package vaeocl.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vaeocl.formats.AtomicFile;
import vaeocl.formats.ExitHook;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.formats.Sha256;
import vaeocl.formats.ShellLine;
import vaeocl.formats.TextFile;
import vaeocl.model.EpochResult;
import vaeocl.model.SavedModel;

/**
 * What a training run leaves: {@code config.json} with everything needed to repeat it, {@code
 * metrics.csv} with a line for each epoch, {@code model.safetensors} with the weights after the
 * last epoch, {@code checkpoint.safetensors} with all that is needed to go on.
 *
 * <p>Every file is replaced whole. An epoch's line is written first, then its model, then its
 * checkpoint: whatever moment the process is killed at, the checkpoint's epochs have their lines.
 * The checkpoint holds digests of the other files, so that those of another run, and edited ones,
 * are noticed.
 */
public final class RunFolder implements AutoCloseable {
  private static final String CONFIG = "config.json";
  private static final String METRICS = "metrics.csv";
  private static final String MODEL = "model.safetensors";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  /** A hundred times what a run writes. */
  private static final int MAX_CONFIG = 1 << 20;

  private final Path folder;
  private final List<String> rows = new ArrayList<>(List.of(Metrics.HEADER));
  private String configBefore = "";
  private String modelDigest = "";
  private RunLock lock;

  /** Of a claimed folder, else null. */
  private ExitHook hook;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A folder for a new run; nothing is made before {@link #begin}.
   *
   * @throws FormatException if it holds a run already
   */
  public static RunFolder create(Path folder) throws FormatException {
    requireNoRun(folder);
    return new RunFolder(folder);
  }

  /**
   * A new folder for a run, made at once, so that no other process takes it; where the name is
   * taken it ends in -2, -3 ... Unless a run begins, {@link #close} removes it again.
   */
  public static RunFolder claim(Path wanted) throws IOException {
    Files.createDirectories(wanted.toAbsolutePath().getParent());
    for (int number = 1; ; number++) {
      Path folder =
          number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + number);
      try {
        Files.createDirectory(folder);
        RunFolder claimed = new RunFolder(folder);
        claimed.hook = ExitHook.of(claimed::leave);
        return claimed;
      } catch (FileAlreadyExistsException e) {
        // Another training of this second has it.
      }
    }
  }

  /** Removes a claimed folder in which no run began. */
  private void leave() {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // It is not empty.
    }
  }

  private static void requireNoRun(Path folder) throws FormatException {
    for (String file : List.of(CONFIG, METRICS, MODEL, CHECKPOINT)) {
      if (Files.exists(folder.resolve(file))) {
        throw new FormatException(
            folder,
            "holds a run already; go on with --resume "
                + ShellLine.quoted(folder)
                + ", or name another --out");
      }
    }
  }

  /**
   * The folder of a run.
   *
   * @throws FormatException if there is none
   */
  public static RunFolder open(Path folder) throws FormatException {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "is not a folder" : "no such folder";
      throw new FormatException(folder, what + "; name the one that 'train' made");
    }
    boolean any =
        List.of(CONFIG, CHECKPOINT, MODEL).stream().anyMatch(f -> Files.exists(folder.resolve(f)));
    if (!any) {
      boolean hidden = !Files.isReadable(folder) || !Files.isExecutable(folder);
      throw new FormatException(
          folder, hidden ? "cannot be read: permission denied" : "holds no run");
    }
    return new RunFolder(folder);
  }

  /**
   * The folder of a run, to go on with it: nobody else trains in it until it is closed.
   *
   * @throws IOException if there is no run, or the folder is in use
   */
  public static RunFolder openToTrain(Path folder) throws IOException {
    RunFolder run = open(folder);
    run.lock = RunLock.take(folder);
    return run;
  }

  public Path path() {
    return folder;
  }

  /** Where the weights after the last finished epoch are. */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /** Whether there is something to go on from. */
  public boolean hasCheckpoint() {
    return Files.exists(folder.resolve(CHECKPOINT));
  }

  /**
   * Where to go on.
   *
   * @throws MixedRunException if the other files are not of the checkpoint's run
   * @throws FormatException if there is no checkpoint, or it is damaged
   */
  public Checkpoint checkpoint() throws FormatException {
    Path file = folder.resolve(CHECKPOINT);
    if (!hasCheckpoint()) {
      throw new FormatException(
          folder, "has no " + CHECKPOINT + " to go on from; train again in another folder");
    }
    Consistency files = consistency(() -> Checkpoint.read(file));
    int epochs = files.checkpoint().position().epoch();
    boolean any = epochs > 0 && Files.exists(folder.resolve(METRICS));
    String metrics = any ? metricsDigest(Metrics.text(folder.resolve(METRICS)).lines().toList(), epochs) : "";
    files.requireOneRun(file, metrics);
    if (any) {
      files.requireMetrics(folder.resolve(METRICS), metrics);
    }
    files.requireModel(model());
    return files.checkpoint();
  }

  /**
   * What is wrong with config.json: it cannot be read, or differs from the configuration in the
   * checkpoint; in a sentence.
   */
  public Optional<String> edited() throws FormatException {
    return consistency(this::readableCheckpoint).edited();
  }

  /**
   * The weights after the last finished epoch.
   *
   * @throws MixedRunException if the file is of another run, or was changed since
   * @throws FormatException if it is missing or damaged
   */
  public SavedModel savedModel() throws FormatException {
    consistency(this::readableCheckpoint).requireModel(model());
    return SavedModel.read(model());
  }

  /** For those who only look: what a damaged checkpoint would have said is not known then. */
  private Checkpoint readableCheckpoint() {
    try {
      return hasCheckpoint() ? Checkpoint.read(folder.resolve(CHECKPOINT)) : null;
    } catch (FormatException e) {
      return null;
    }
  }

  private interface Reading {
    Checkpoint read() throws FormatException;
  }

  /** config.json is read first: a resumption writes it after the checkpoint, which knows it. */
  private Consistency consistency(Reading checkpoint) throws FormatException {
    RunConfig config = null;
    String digest = "";
    String problem = "";
    if (Files.exists(folder.resolve(CONFIG))) {
      try {
        String text = configText();
        digest = Sha256.of(text);
        config = RunConfig.parse(folder.resolve(CONFIG), text);
      } catch (FormatException e) {
        problem = e.getMessage();
      }
    }
    return new Consistency(folder, config, digest, problem, checkpoint.read());
  }

  /**
   * The run's configuration.
   *
   * @throws FormatException if config.json is missing or damaged
   */
  public RunConfig config() throws FormatException {
    return RunConfig.parse(
        folder.resolve(CONFIG),
        configText());
  }

  /**
   * All finished epochs.
   *
   * @throws FormatException if metrics.csv is missing or damaged
   */
  public List<EpochResult> metrics() throws FormatException {
    return Metrics.read(folder.resolve(METRICS));
  }

  /**
   * Makes the folder and writes what a run begins with. A folder with a configuration has a
   * checkpoint.
   *
   * @throws IOException if the folder cannot be made or written, or is in use
   */
  void begin(Checkpoint first) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new FormatException(folder, "is a file; name a folder with --out", e);
    }
    lock = RunLock.take(folder);
    requireNoRun(folder); // another training may have been faster
    save(first);
    writeText(CONFIG, first.config().json() + "\n");
  }

  /**
   * Goes back to a checkpoint: lines of later epochs are dropped, and config.json becomes the
   * checkpoint's.
   *
   * @return the epochs that stay
   * @throws FormatException if lines of finished epochs are missing
   */
  List<EpochResult> resume(Checkpoint from) throws IOException {
    int epochs = from.position().epoch();
    List<EpochResult> kept = new ArrayList<>();
    if (epochs > 0) {
      kept.addAll(metricsOf(epochs));
      kept.subList(epochs, kept.size()).clear();
      rows.addAll(Metrics.text(folder.resolve(METRICS)).lines().skip(1).limit(epochs).toList());
    }
    modelDigest = Files.exists(model()) ? Sha256.of(model()) : "";
    configBefore = Files.exists(folder.resolve(CONFIG)) ? Sha256.of(folder.resolve(CONFIG)) : "";
    save(from); // first: it knows both configurations, whichever of them a kill leaves
    if (epochs > 0) {
      writeMetrics();
    } else {
      Files.deleteIfExists(folder.resolve(METRICS));
    }
    writeText(CONFIG, from.config().json() + "\n");
    configBefore = "";
    return kept;
  }

  /** The checkpoint is sound where this fails; so it says how its weights can be used. */
  private List<EpochResult> metricsOf(int epochs) throws FormatException {
    try {
      List<EpochResult> found = metrics();
      if (found.size() < epochs) {
        throw new FormatException(
            folder.resolve(METRICS),
            "has lines of " + found.size() + " epochs, the checkpoint is of " + epochs);
      }
      return found;
    } catch (FormatException e) {
      throw new FormatException(
          folder,
          "its checkpoint is sound, but its metrics are not ("
              + e.getMessage()
              + "); put a copy of that file back, or begin another run with the weights: train"
              + " --init-from "
              + ShellLine.quoted(folder.resolve(CHECKPOINT)),
          e);
    }
  }

  /** Adds an epoch's line. */
  void addMetrics(EpochResult result) throws IOException {
    rows.add(Metrics.line(result));
    writeMetrics();
  }

  /** Writes the weights of a finished epoch. */
  void writeModel(Map<String, FloatArray> weights, Map<String, String> metadata)
      throws IOException {
    Safetensors.write(model(), weights, metadata);
    modelDigest = Sha256.of(model());
  }

  /** Replaces the checkpoint. */
  void save(Checkpoint c) throws IOException {
    String metrics = metricsDigest(rows, c.position().epoch());
    FileDigests files = new FileDigests(configBefore, metrics, modelDigest);
    new Checkpoint(c.config(), c.position(), c.state(), c.kept(), files)
        .write(folder.resolve(CHECKPOINT));
  }

  /** Of the header and so many epochs' lines; "" where there are fewer, or none. */
  private static String metricsDigest(List<String> lines, int epochs) {
    boolean all = epochs > 0 && lines.size() > epochs;
    return all ? Sha256.of(String.join("\n", lines.subList(0, epochs + 1))) : "";
  }

  private void writeMetrics() throws IOException {
    writeText(METRICS, String.join("\n", rows) + "\n");
  }

  private String configText() throws FormatException {
    return TextFile.read(folder.resolve(CONFIG), MAX_CONFIG, "no run's configuration is");
  }

  private void writeText(String name, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    AtomicFile.write(
        folder.resolve(name), channel -> AtomicFile.writeFully(channel, bytes.duplicate()));
  }

  /** Lets others into the folder. */
  @Override
  public void close() throws IOException {
    if (hook != null) {
      hook.release();
      leave();
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }
}
