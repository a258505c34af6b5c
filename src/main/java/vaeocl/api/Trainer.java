package vaeocl.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vaeocl.data.Dataset;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.locality.Locality;
import vaeocl.model.EpochResult;
import vaeocl.model.Preset;
import vaeocl.model.SavedModel;
import vaeocl.model.SettingRules;
import vaeocl.model.SettingSpec;
import vaeocl.model.TextValue;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Activation;
import vaeocl.ops.Likelihood;
import vaeocl.train.Checkpoint;
import vaeocl.train.EventLog;
import vaeocl.train.Parts;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;
import vaeocl.train.SettingsFile;
import vaeocl.train.Training;

/**
 * A training: its settings, set one by one, and then {@link #train}. Without any it is the
 * experiment: 784-400-2, squared error, Adam with 1e-3, batches of 128, 20 epochs, seed 1. The same
 * seed on the same device gives the same model, to the bit.
 *
 * <p>Setters return this trainer and throw {@link RequestException} or another {@link
 * IllegalArgumentException} for a value that is not allowed.
 *
 * <p>Longer than 250 lines: a method for each usual setting, with what it means.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba: Adam</a>
 */
public final class Trainer {
  private static final String EPOCHS = "epochs";

  private final ImageSet images;
  private final Checkpoint from;
  private final Path resumed;
  private final List<Training.Listener> listeners = new ArrayList<>();
  private VaeConfig config;
  private int epochs;
  private int checkpointEvery;
  private SavedModel initial;
  private String initFrom = "";
  private Path folder;
  private boolean filmed = true;
  private boolean logged;
  private Consumer<String> warnings = warning -> {};
  private BooleanSupplier stop = () -> false;
  private RunConfig run;

  private Trainer(ImageSet images, Checkpoint from, Path resumed) {
    this.images = images;
    this.from = from;
    this.resumed = resumed;
    config = from == null ? VaeConfig.DEFAULT : from.config().vae();
    epochs = from == null ? Preset.NOTEBOOK.epochs() : from.config().epochs();
    checkpointEvery = from == null ? 0 : from.config().checkpointEvery();
  }

  /**
   * A new training.
   *
   * @param images to train on and to test with
   * @return the trainer
   */
  public static Trainer of(ImageSet images) {
    return new Trainer(images, null, null);
  }

  /**
   * Goes on with a run, as it was begun, from its last checkpoint: on the same device to the same
   * bits as without an interruption. Its settings are fixed; {@link #epochs} can become more.
   *
   * @param run its folder
   * @param images the run's; see {@link ImageSet#ofRun}
   * @return the trainer
   * @throws RequestException if these are other images
   * @throws FormatException if there is no run, or it is damaged
   */
  public static Trainer resume(Path run, ImageSet images) throws IOException {
    Checkpoint checkpoint = RunFolder.open(run).checkpoint();
    Trainer trainer = new Trainer(images.require(checkpoint.config().dataset()), checkpoint, run);
    Vae vae = new Vae(images.dataset().train().size(), trainer.config);
    Optional<String> wrong = Weights.mismatch(vae, checkpoint.state(), true);
    if (wrong.isPresent()) {
      throw new FormatException(run, "its checkpoint " + wrong.get());
    }
    return trainer;
  }

  /**
   * As {@link #resume(Path, ImageSet)}, for {@link #train(Device, RunFolder)}.
   *
   * @param checkpoint where to go on
   * @param images the run's
   * @return the trainer
   */
  public static Trainer resume(Checkpoint checkpoint, ImageSet images) {
    return new Trainer(images, checkpoint, null);
  }

  /**
   * All settings.
   *
   * @param settings in place of those so far
   * @return this
   */
  public Trainer config(VaeConfig settings) {
    if (from != null) {
      throw new RequestException("a run goes on as it was begun: its settings are fixed");
    }
    config = settings;
    return this;
  }

  private Trainer set(String key, Object value) {
    return config(config.with(Map.of(key, value)));
  }

  /**
   * Settings by their names in config.json, {@code learning_rate} say; those that are not named
   * stay.
   *
   * @param texts by name, as the command line takes them; {@code epochs} may be among them
   * @return this
   */
  public Trainer settings(Map<String, String> texts) {
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, String> e : texts.entrySet()) {
      if (e.getKey().equals(EPOCHS)) {
        epochs((Integer) TextValue.parse(int.class, e.getValue()));
        continue;
      }
      SettingSpec setting =
          VaeConfig.SETTINGS.stream()
              .filter(s -> s.key().equals(e.getKey()))
              .findFirst()
              .orElseThrow(() -> new RequestException("'" + e.getKey() + "' is no setting"));
      values.put(setting.key(), setting.parse(e.getValue()));
    }
    return config(config.with(values));
  }

  /**
   * Settings from a JSON file.
   *
   * @param json one written for it, or a run's config.json
   * @return this
   * @throws FormatException if it holds no settings
   */
  public Trainer settings(Path json) throws FormatException {
    return settings(SettingsFile.read(json));
  }

  /**
   * Published settings, in place of those so far.
   *
   * @param preset which
   * @return this
   */
  public Trainer preset(Preset preset) {
    return config(VaeConfig.DEFAULT).settings(preset.settings()).epochs(preset.epochs());
  }

  /**
   * Widths of the encoder's hidden layers; the decoder has them in reverse.
   *
   * @param widths from the images to z
   * @return this
   */
  public Trainer hidden(int... widths) {
    return set("hidden", Arrays.stream(widths).boxed().toList());
  }

  /**
   * Dimensions of z.
   *
   * @param dimensions at least 1
   * @return this
   */
  public Trainer latent(int dimensions) {
    return set("latent", dimensions);
  }

  /**
   * Activation of the hidden layers.
   *
   * @param activation relu by default
   * @return this
   */
  public Trainer activation(Activation activation) {
    return set("activation", activation);
  }

  /**
   * What the decoder's output says of a pixel.
   *
   * @param likelihood squared error by default: a Gaussian of variance 1/2
   * @return this
   */
  public Trainer likelihood(Likelihood likelihood) {
    return set("likelihood", likelihood);
  }

  /**
   * Weight of the KL divergence in the loss.
   *
   * @param beta at least 0; 1 makes the loss −ELBO, constants apart
   * @return this
   * @see <a href="https://openreview.net/forum?id=Sy2fzU9gl">Higgins and others: beta-VAE</a>
   */
  public Trainer beta(double beta) {
    return set("beta", beta);
  }

  /**
   * Adam's learning rate.
   *
   * @param rate more than 0
   * @return this
   */
  public Trainer learningRate(double rate) {
    return set("learning_rate", rate);
  }

  /**
   * Images in a step.
   *
   * @param size at least 1, at most as many as there are to train on
   * @return this
   */
  public Trainer batchSize(int size) {
    return set("batch_size", size);
  }

  /**
   * Seed of the weights, the order of images and all noise.
   *
   * @param seed any
   * @return this
   */
  public Trainer seed(long seed) {
    return set("seed", seed);
  }

  /**
   * Sets training images aside to validate with.
   *
   * @param images how many
   * @param patience epochs without a better validation loss until training ends; 0 for ever
   * @return this
   */
  public Trainer validation(int images, int patience) {
    return config(config.with(Map.of("validation", images, "patience", patience)));
  }

  /**
   * Passes through the training images, those before a resumption included.
   *
   * @param number at least 1
   * @return this
   */
  public Trainer epochs(int number) {
    if (number < 1) {
      throw new RequestException("--epochs must be at least 1, not " + number);
    }
    epochs = number;
    return this;
  }

  /**
   * Saves checkpoints within epochs, besides those after each.
   *
   * @param steps between them; 0 for none
   * @return this
   */
  public Trainer checkpointEvery(int steps) {
    checkpointEvery = steps;
    return this;
  }

  /**
   * Begins with the weights of a model, whose net it has to be.
   *
   * @param model the model
   * @param origin where it came from, for config.json
   * @return this
   */
  public Trainer beginWith(SavedModel model, String origin) {
    initial = model;
    initFrom = origin;
    return this;
  }

  /**
   * Keeps the run: its configuration, figures, model and checkpoints.
   *
   * @param path a folder without a run in it, made where it is not there
   * @return this
   */
  public Trainer folder(Path path) {
    folder = path;
    return this;
  }

  /**
   * Has somebody told of every epoch.
   *
   * @param listener gets its figures: losses in nats an image, PSNR in dB
   * @return this
   */
  public Trainer listener(Consumer<EpochResult> listener) {
    return listener(
        new Training.Listener() {
          @Override
          public void begin(int epoch, int steps) {}

          @Override
          public void step(int done) {}

          @Override
          public void end(EpochResult result) {
            listener.accept(result);
          }
        });
  }

  /**
   * Has somebody told of every epoch, and a few times a second of its steps.
   *
   * @param listener hears of them
   * @return this
   */
  public Trainer listener(Training.Listener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Has the run write an event file of TensorBoard's and metrics.jsonl into its folder. A run that
   * has them goes on with them.
   *
   * @param wanted whether to begin with it
   * @param warning receives a sentence where something cannot be written
   * @return this
   */
  public Trainer tensorBoard(boolean wanted, Consumer<String> warning) {
    logged = wanted;
    warnings = warning;
    return this;
  }

  /**
   * Whether the run keeps how its latent space grows, in its folder's film.bin. A run goes on with
   * its film, or without.
   *
   * @param wanted true by default
   * @return this
   */
  public Trainer film(boolean wanted) {
    filmed = wanted;
    return this;
  }

  /**
   * Makes the training stop at the next step, with a checkpoint, where somebody wants it.
   *
   * @param wanted asked a few times a second
   * @return this
   */
  public Trainer stopWhen(BooleanSupplier wanted) {
    stop = wanted;
    return this;
  }

  /**
   * The images.
   *
   * @return to train on and to test with
   */
  public ImageSet images() {
    return images;
  }

  /**
   * What the run's config.json will say.
   *
   * @param device to train on
   * @return settings and conditions, the same whenever it is asked for
   */
  public RunConfig run(Device device) {
    if (run == null) {
      RunConfig.Device on = RunConditions.device(device.setup().device());
      RunConfig.Tiles tiles = RunConditions.tiles(device.setup());
      Dataset data = images.dataset();
      run =
          from == null
              ? new RunConfig(
                  RunConditions.version(),
                  RunConditions.now(),
                  epochs,
                  config,
                  initFrom,
                  checkpointEvery,
                  RunConditions.images(data),
                  on,
                  tiles,
                  RunConditions.host())
              : from.config()
                  .with(
                      epochs,
                      checkpointEvery,
                      from.config().dataset().at(data.source(), data.reading().options()),
                      on,
                      tiles);
    }
    return run;
  }

  /**
   * Trains, evaluating after every epoch. Without a {@link #folder} nothing of it is kept on disk.
   *
   * @param device to train on
   * @return what came of it
   * @throws RequestException if the settings do not go together, or the run has its epochs already
   * @throws vaeocl.train.LossException at the first loss that is not finite; a folder keeps the
   *     last checkpoint
   * @throws FormatException if the folder holds a run already
   * @throws IOException if the folder cannot be written, or another trains in it
   */
  public TrainedRun train(Device device) throws IOException {
    Optional<String> problem = SettingRules.problem(config, SettingSpec::key);
    if (from == null && problem.isPresent()) {
      throw new RequestException(problem.get());
    }
    if (from != null && from.position().epoch() >= epochs) {
      throw new RequestException("the run has its " + epochs + " epochs already; name more");
    }
    if (resumed != null) {
      try (RunFolder opened = RunFolder.openToTrain(resumed)) {
        return train(device, opened);
      }
    }
    if (folder != null) {
      try (RunFolder made = RunFolder.create(folder)) {
        return train(device, made);
      }
    }
    filmed = false; // nobody will see it
    return Scratch.with(
        path -> {
          try (RunFolder made = RunFolder.create(path)) {
            TrainedRun trained = train(device, made);
            Optional<SavedModel> kept =
                trained.epochs().isEmpty() ? Optional.empty() : Optional.of(made.savedModel());
            return new TrainedRun(
                trained.epochs(),
                trained.position(),
                trained.whole(),
                trained.early(),
                Optional.empty(),
                kept);
          }
        });
  }

  /**
   * As {@link #train(Device)}, in a folder that the caller has made and closes.
   *
   * @param device to train on
   * @param into a new run's folder, or that of the run that goes on
   * @return what came of it
   * @throws vaeocl.train.LossException at the first loss that is not finite
   * @throws IOException if the folder cannot be written, or another trains in it
   */
  public TrainedRun train(Device device, RunFolder into) throws IOException {
    RunConfig now = run(device);
    Dataset data = images.dataset();
    Vae vae = new Vae(data.train().size(), now.vae());
    try (DeviceBackend backend = device.backend();
        EventLog log = logged || EventLog.in(into) ? log(backend, vae, into) : null) {
      Locality locality = Locality.suiting(backend.neighbours());
      Training training = new Training(backend, locality, vae, data, into, now, stop);
      if (!filmed) {
        training.withoutFilm();
      }
      listeners.forEach(training::heardBy);
      if (log != null) {
        training.heardBy(log);
      }
      Map<String, FloatArray> weights = initial == null ? null : initial.weights();
      Training.Result r = from == null ? training.start(weights) : training.resume(from);
      boolean whole = r.early() || r.position().epoch() >= now.epochs();
      Optional<Path> path = Optional.of(into.path());
      return new TrainedRun(
          List.copyOf(r.epochs()), r.position(), whole, r.early(), path, Optional.empty());
    }
  }

  private EventLog log(DeviceBackend backend, Vae vae, RunFolder into) {
    var test = Parts.test(images.dataset(), vae.config());
    return new EventLog(backend, vae, test, epochs, into, warnings);
  }
}
