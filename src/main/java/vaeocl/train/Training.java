package vaeocl.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import vaeocl.data.Dataset;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.locality.Locality;
import vaeocl.model.Criterion;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.ops.Backend;

/** A whole run: epochs of training, each followed by an evaluation, and what is kept of them. */
public final class Training {
  private final Backend backend;
  private final Locality locality;
  private final Vae vae;
  private final Dataset data;
  private final RunFolder folder;
  private final RunConfig config;
  private final List<Listener> listeners = new ArrayList<>();
  private final BooleanSupplier stop;
  private final Criterion criterion;
  private boolean filmed = true;

  /**
   * @param config of this run; its net is {@code vae}
   * @param stop asked a few times a second whether to stop at the next step
   */
  public Training(
      Backend backend,
      Locality locality,
      Vae vae,
      Dataset data,
      RunFolder folder,
      RunConfig config,
      BooleanSupplier stop) {
    this.backend = backend;
    this.locality = locality;
    this.vae = vae;
    this.data = data;
    this.folder = folder;
    this.config = config;
    this.stop = stop;
    criterion = new Criterion(vae.config(), vae.pixels());
  }

  /** Hears of the run as it goes on. */
  public interface Listener {
    /** An epoch of so many steps begins, or goes on. */
    void begin(int epoch, int steps);

    void step(int done);

    void end(EpochResult result);
  }

  /** The same training, of which another hears too. */
  public Training heardBy(Listener another) {
    listeners.add(another);
    return this;
  }

  /** The same training, which keeps nothing of how the latent space grew. */
  public Training withoutFilm() {
    filmed = false;
    return this;
  }

  private FilmRecorder film() {
    return new FilmRecorder(
        backend, vae, data, config.identity(), filmed ? folder.filmFile() : null);
  }

  /**
   * What came of it.
   *
   * @param epochs all finished ones, also those before a resumption
   * @param position where it stopped
   * @param early whether the validation loss has not become better for long enough
   */
  public record Result(List<EpochResult> epochs, Position position, boolean early) {}

  /**
   * Begins from weights, or from drawn ones where {@code initial} is null. The run folder is made
   * when everything is ready to start. After every epoch its metrics, the model and a checkpoint
   * are written.
   *
   * @throws LossException at the first loss that is not finite; the last checkpoint stays
   */
  public Result start(Map<String, FloatArray> initial) throws IOException {
    return run(
        trainer -> {
          if (initial == null) {
            Weights.initialise(backend, vae);
          } else {
            Weights.write(backend, vae, initial);
          }
          trainer.restore(Map.of());
          folder.begin(checkpoint(trainer, start()));
          return List.of();
        },
        start());
  }

  private Position start() {
    return Position.startOf(0, criterion.firstVariance());
  }

  /**
   * Goes on from a checkpoint. On the same device, driver and build the result is, times apart, to
   * the bit that of a run without interruption.
   *
   * @throws LossException at the first loss that is not finite; the last checkpoint stays
   */
  public Result resume(Checkpoint checkpoint) throws IOException {
    Position position = checkpoint.position();
    return run(
        trainer -> {
          Weights.writeState(backend, vae, checkpoint.state());
          Optional<String> wrong = trainer.mismatch(checkpoint.kept());
          if (wrong.isPresent()) {
            throw new FormatException(folder.path(), "its checkpoint's " + wrong.get());
          }
          trainer.restore(checkpoint.kept());
          return folder.resume(
              new Checkpoint(config, position, checkpoint.state(), checkpoint.kept()));
        },
        position);
  }

  /** Sets the weights and the run folder; returns epochs that are finished already. */
  private interface Beginning {
    List<EpochResult> begin(Trainer trainer) throws IOException;
  }

  private Result run(Beginning beginning, Position start) throws IOException {
    Parts parts = Parts.of(data, vae.config());
    try (Trainer trainer = new Trainer(backend, locality, vae, parts.train(), config.epochs());
        Evaluator evaluator = new Evaluator(backend, locality, vae, parts.test());
        Validation validation = Validation.of(backend, vae, parts.validation());
        FilmRecorder film = film()) {
      trainer.warmUp();
      evaluator.warmUp();
      validation.warmUp();
      List<EpochResult> results = new ArrayList<>(beginning.begin(trainer));
      Position position = start;
      if (start.step() >= trainer.stepsPerEpoch()) {
        throw new FormatException(folder.path(), "its checkpoint lies beyond the epoch's end");
      }
      if (start.step() == 0) {
        film.record(start.epoch());
      }
      while (position.epoch() < config.epochs() && !validation.ended(results)) {
        position = trainEpoch(trainer, position);
        if (position.step() < trainer.stepsPerEpoch()) {
          return new Result(results, position, false);
        }
        EpochLoss loss = trainer.loss(position);
        Evaluator.Result test = evaluator.evaluate();
        Map<String, FloatArray> state = Weights.readState(backend, vae);
        long lastStep = trainer.firstStep(position.epoch() + 1);
        requireFinite(position.epoch() + 1, lastStep, state);
        if (!test.finite()) {
          throw new LossException(position.epoch() + 1, lastStep);
        }
        long before = System.nanoTime();
        double validated = validation.loss(loss.variance());
        double seconds = test.seconds() + (System.nanoTime() - before) / 1e9;
        int epoch = position.epoch() + 1;
        EpochResult result =
            new EpochResult(epoch, loss, test.sampled(), test.mean(), validated, seconds);
        boolean gaussian = Double.isFinite(loss.variance());
        position = Position.startOf(epoch, gaussian ? loss.variance() : position.variance());
        Map<String, String> metadata = config.modelMetadata(epoch, position.variance());
        folder.addMetrics(result);
        if (Validation.best(results, validated)) {
          folder.writeBest(Weights.parameters(state), metadata);
        }
        folder.writeModel(Weights.parameters(state), metadata);
        film.record(epoch);
        folder.save(new Checkpoint(config, position, state, trainer.kept()));
        results.add(result);
        listeners.forEach(l -> l.end(result));
        if (stop.getAsBoolean()) {
          break;
        }
      }
      return new Result(results, position, validation.ended(results));
    }
  }

  /** To the end of the epoch, or to where it is stopped, with checkpoints on the way. */
  private Position trainEpoch(Trainer trainer, Position start) throws IOException {
    int steps = trainer.stepsPerEpoch();
    listeners.forEach(l -> l.begin(start.epoch() + 1, steps));
    listeners.forEach(l -> l.step(start.step()));
    Position position = start;
    while (position.step() < steps && !stop.getAsBoolean()) {
      int until = nextCheckpoint(trainer, position);
      position =
          trainer.advance(
              position, until, (done, all) -> listeners.forEach(l -> l.step(done)), stop);
      if (position.step() < steps) {
        Checkpoint checkpoint = checkpoint(trainer, position);
        long step = trainer.firstStep(position.epoch()) + position.step();
        requireFinite(position.epoch() + 1, step, checkpoint.state());
        folder.save(checkpoint);
      }
    }
    return position;
  }

  /** The last step of all may spoil the weights without any loss that tells. */
  private static void requireFinite(int epoch, long step, Map<String, FloatArray> weights) {
    for (Map.Entry<String, FloatArray> e : weights.entrySet()) {
      if (e.getValue().firstNotFinite() >= 0) {
        throw new LossException(epoch, step, e.getKey());
      }
    }
  }

  /** The step of the epoch at which to save: a multiple of the interval, or the epoch's end. */
  private int nextCheckpoint(Trainer trainer, Position position) {
    int steps = trainer.stepsPerEpoch();
    int every = config.checkpointEvery();
    if (every == 0) {
      return steps;
    }
    long done = trainer.firstStep(position.epoch()) + position.step();
    return (int) Math.min(steps, (long) position.step() + every - done % every);
  }

  private Checkpoint checkpoint(Trainer trainer, Position position) {
    return new Checkpoint(config, position, Weights.readState(backend, vae), trainer.kept());
  }
}
