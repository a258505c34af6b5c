package vaeocl.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vaeocl.formats.AtomicFile;
import vaeocl.formats.Film;
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
 *
 * <p>Longer than 250 lines: what a kill leaves behind is seen only with all writes on one page.
 */
public final class RunFolder implements AutoCloseable {
  static final String CONFIG = "config.json";
  static final String METRICS = "metrics.csv";
  private static final String MODEL = "model.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String FILM = "film.bin";
  private static final List<String> FILES = List.of(CONFIG, METRICS, MODEL, BEST, CHECKPOINT);

  private final Path folder;
  private final List<String> rows = new ArrayList<>(List.of(Metrics.HEADER));
  private String configBefore = "";
  private String modelDigest = "";
  private RunLock lock;

  private ClaimedFolder claimed;

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

  /** A new folder for a run, made at once; where the name is taken it ends in -2, -3 ... */
  public static RunFolder claim(Path wanted) throws IOException {
    ClaimedFolder claimed = ClaimedFolder.of(wanted);
    RunFolder run = new RunFolder(claimed.path());
    run.claimed = claimed;
    return run;
  }

  /** Whether a folder holds a run, or a part of one. */
  public static boolean holdsRun(Path folder) {
    return FILES.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
  }

  private static void requireNoRun(Path folder) throws FormatException {
    if (holdsRun(folder)) {
      throw new FormatException(
          folder,
          "holds a run already; go on with --resume "
              + ShellLine.quoted(folder)
              + ", or name another --out");
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
    if (!Files.isWritable(folder)) {
      throw new FormatException(
          folder, "cannot be written; go on with a copy of it in a folder that can be");
    }
    run.lock();
    return run;
  }

  public Path path() {
    return folder;
  }

  /** Where the weights after the last finished epoch are. */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /** Where its film is, if it has one. */
  Path filmFile() {
    return folder.resolve(FILM);
  }

  /**
   * How its latent space grew, where that was kept.
   *
   * @throws MixedRunException if the film is of another run
   * @throws FormatException if it is damaged
   */
  public Optional<Film> film() throws FormatException {
    if (!Files.exists(filmFile())) {
      return Optional.empty();
    }
    Film film = Film.read(filmFile());
    if (!config().identity().equals(film.head().run())) {
      throw new MixedRunException(
          filmFile(), "is of another run than config.json; put the run's own back");
    }
    return Optional.of(film);
  }

  /**
   * Whether its training came to its end.
   *
   * @throws FormatException if there is no checkpoint, or it is damaged
   */
  public boolean finished() throws FormatException {
    Checkpoint checkpoint = checkpoint();
    int done = checkpoint.position().epoch();
    RunConfig run = checkpoint.config();
    return done >= run.epochs()
        || (run.vae().patience() > 0
            && Validation.ended(run.vae().patience(), metrics().subList(0, done)));
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
    Consistency files = Consistency.of(folder, () -> Checkpoint.read(file));
    files.requireOneRun(file, folder.resolve(METRICS));
    files.requireModel(model());
    return files.checkpoint();
  }

  /** In a sentence: config.json cannot be read, or is not the configuration in the checkpoint. */
  public Optional<String> edited() throws FormatException {
    return looking().edited();
  }

  /**
   * The weights after the last finished epoch.
   *
   * @throws MixedRunException if the file is of another run, or was changed since
   * @throws FormatException if it is missing or damaged
   */
  public SavedModel savedModel() throws FormatException {
    looking().requireModel(model());
    return SavedModel.read(model());
  }

  /**
   * The weights with the least validation loss so far, where there was validation.
   *
   * @throws MixedRunException if the file is of another run
   * @throws FormatException if it is damaged
   */
  public Optional<SavedModel> bestModel() throws FormatException {
    Path file = folder.resolve(BEST);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    SavedModel model = SavedModel.read(file);
    if (!config().identity().equals(model.metadata().get(RunConfig.IDENTITY))) {
      throw new MixedRunException(
          file, "is of another run than config.json; put the run's own back");
    }
    return Optional.of(model);
  }

  /** Without what a damaged checkpoint would have said. */
  private Consistency looking() throws FormatException {
    return Consistency.of(folder, () -> Checkpoint.readOrNull(folder.resolve(CHECKPOINT)));
  }

  /**
   * The run's configuration.
   *
   * @throws FormatException if config.json is missing or damaged
   */
  public RunConfig config() throws FormatException {
    return RunConfig.parse(folder.resolve(CONFIG), TextFile.read(folder.resolve(CONFIG)));
  }

  /** The images, as config.json says; where it is missing or damaged, as the checkpoint does. */
  public Optional<ImagesOfRun> images() throws FormatException {
    Consistency files = looking();
    boolean unknown = files.config() == null && files.checkpoint() != null;
    RunConfig known = unknown ? files.checkpoint().config() : files.config();
    return Optional.ofNullable(known).map(RunConfig::dataset);
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
    lock();
    requireNoRun(folder); // another training may have been faster
    save(first);
    TextFile.write(folder.resolve(CONFIG), first.config().json() + "\n");
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
      kept.addAll(Metrics.ofEpochs(folder, METRICS, epochs, CHECKPOINT));
      kept.subList(epochs, kept.size()).clear();
      rows.addAll(
          TextFile.read(folder.resolve(METRICS))
              .lines()
              .skip(1)
              .limit(epochs)
              .map(Metrics::completed)
              .toList());
    }
    modelDigest = Files.exists(model()) ? Sha256.of(model()) : "";
    configBefore = Files.exists(folder.resolve(CONFIG)) ? Sha256.of(folder.resolve(CONFIG)) : "";
    save(from); // first: it knows both configurations, whichever of them a kill leaves
    if (epochs > 0) {
      writeMetrics();
    } else {
      Files.deleteIfExists(folder.resolve(METRICS));
    }
    TextFile.write(folder.resolve(CONFIG), from.config().json() + "\n");
    configBefore = "";
    return kept;
  }

  /** Adds an epoch's line. */
  void addMetrics(EpochResult result) throws IOException {
    lock.requireOwned();
    rows.add(Metrics.line(result));
    writeMetrics();
  }

  /** Writes the weights of a finished epoch. */
  void writeModel(Map<String, FloatArray> weights, Map<String, String> metadata)
      throws IOException {
    Safetensors.write(model(), weights, metadata);
    modelDigest = Sha256.of(model());
  }

  /** Writes the weights with the least validation loss so far. */
  void writeBest(Map<String, FloatArray> weights, Map<String, String> metadata) throws IOException {
    Safetensors.write(folder.resolve(BEST), weights, metadata);
  }

  /** Replaces the checkpoint. */
  void save(Checkpoint c) throws IOException {
    lock.requireOwned();
    String metrics = FileDigests.metrics(rows, c.position().epoch());
    FileDigests files = new FileDigests(configBefore, metrics, modelDigest);
    new Checkpoint(c.config(), c.position(), c.state(), c.kept(), files)
        .write(folder.resolve(CHECKPOINT));
  }

  /** Keeps others out, and takes away what they were killed in the middle of writing. */
  private void lock() throws IOException {
    lock = RunLock.take(folder);
    for (String file : FILES) {
      AtomicFile.sweep(folder.resolve(file));
    }
    AtomicFile.sweep(filmFile());
  }

  private void writeMetrics() throws IOException {
    TextFile.write(folder.resolve(METRICS), String.join("\n", rows) + "\n");
  }

  /** Lets others into the folder. */
  @Override
  public void close() throws IOException {
    if (claimed != null) {
      claimed.close();
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }
}
