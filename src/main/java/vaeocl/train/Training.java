package vaeocl.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vaeocl.data.Dataset;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.ops.Backend;

/** A whole run: epochs of training, each followed by an evaluation, and what is kept of them. */
public final class Training {
  private final Backend backend;
  private final Vae vae;
  private final Dataset data;
  private final RunFolder folder;
  private final Map<String, Object> config;

  /**
   * @param config for the run folder, which is made when everything is ready to start
   */
  public Training(
      Backend backend, Vae vae, Dataset data, RunFolder folder, Map<String, Object> config) {
    this.backend = backend;
    this.vae = vae;
    this.data = data;
    this.folder = folder;
    this.config = config;
  }

  /** Hears of the run as it goes on. */
  public interface Listener {
    /** An epoch of so many steps begins. */
    void begin(int epoch, int steps);

    void step(int done);

    void end(EpochResult result);
  }

  /**
   * Trains from fresh weights, and writes metrics after every epoch and the model at the end.
   *
   * @throws LossException at the first loss that is not finite; no model is written then
   */
  public List<EpochResult> run(int epochs, Listener listener) throws IOException {
    List<EpochResult> results = new ArrayList<>();
    try (Trainer trainer = new Trainer(backend, vae, data.train());
        Evaluator evaluator = new Evaluator(backend, vae, data.test())) {
      folder.begin(config);
      trainer.warmUp();
      evaluator.evaluate();
      Weights.initialise(backend, vae);
      for (int epoch = 0; epoch < epochs; epoch++) {
        listener.begin(epoch + 1, trainer.stepsPerEpoch());
        EpochLoss loss = trainer.epoch(epoch, (done, all) -> listener.step(done));
        Evaluator.Result test = evaluator.evaluate();
        EpochResult result =
            new EpochResult(epoch + 1, loss, test.sampled(), test.mean(), test.seconds());
        folder.addMetrics(result);
        results.add(result);
        listener.end(result);
      }
    }
    folder.writeModel(Weights.read(backend, vae), metadata());
    return results;
  }

  private Map<String, String> metadata() {
    return Map.of(
        "architecture", "vae",
        "likelihood", "squared-error",
        "pixels", Integer.toString(vae.pixels()),
        "hidden", Integer.toString(vae.config().hidden()),
        "latent", Integer.toString(vae.config().latent()),
        "dataset", data.name());
  }
}
