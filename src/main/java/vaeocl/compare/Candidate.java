package vaeocl.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.formats.FormatException;
import vaeocl.formats.GreyImage;
import vaeocl.model.Codec;
import vaeocl.model.EpochResult;
import vaeocl.model.Evidence;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.ops.Backend;
import vaeocl.train.LossEvaluator;
import vaeocl.train.Parts;
import vaeocl.train.RunConfig;
import vaeocl.train.RunFolder;

/**
 * A run that is to be compared, as its folder has it.
 *
 * @param name as the user knows it
 * @param model of the epoch with the least validation loss where there is one, else of the last
 * @param epoch whose weights these are
 */
public record Candidate(
    String name,
    Path folder,
    RunConfig config,
    List<EpochResult> metrics,
    SavedModel model,
    int epoch) {
  /**
   * Reads a run.
   *
   * @throws IOException if there is none, it is damaged, or has no finished epoch
   */
  public static Candidate read(String name, Path path) throws IOException {
    RunFolder folder = RunFolder.open(path);
    RunConfig config = folder.config();
    List<EpochResult> metrics = folder.metrics();
    Optional<SavedModel> best = folder.bestModel();
    SavedModel model = best.isPresent() ? best.get() : folder.savedModel();
    int epoch = best.isPresent() ? epoch(model) : metrics.size();
    if (epoch < 1 || epoch > metrics.size()) {
      throw new FormatException(path, "its metrics.csv has no line of the epoch of its model");
    }
    return new Candidate(name, path, config, metrics, model, epoch);
  }

  /** After how many epochs a model's weights are, by its metadata; 0 where they do not say. */
  private static int epoch(SavedModel model) {
    try {
      return Integer.parseInt(model.metadata().getOrDefault(RunConfig.EPOCH, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Looks at the model.
   *
   * @param backend with no other net on it
   */
  public ComparedRun examine(Backend backend, Dataset data, Exhibit exhibit) {
    Parts parts = Parts.of(data, config.vae());
    Images asSeen = parts.test();
    byte[][] reconstructions;
    byte[][] samples;
    try (Codec codec = new Codec(backend, model)) {
      float[] codes = codec.encode(exhibit.rows(asSeen));
      float[] mu = Codec.mu(codes, codec.latent());
      reconstructions = pictures(codec, Rows.of(mu, codec.latent()));
      samples = pictures(codec, exhibit.points(codec.latent()));
    }
    return new ComparedRun(
        name,
        folder,
        config.vae(),
        metrics,
        config.epochs(),
        epoch,
        parts.validation() == null ? Losses.NONE : losses(backend, parts.validation(), "validated"),
        losses(backend, asSeen, "tested"),
        reconstructions,
        samples);
  }

  private Losses losses(Backend backend, Images images, String part) {
    Vae vae = model.vae();
    try (LossEvaluator evaluator = new LossEvaluator(backend, vae, images, part)) {
      Weights.write(backend, vae, model.weights());
      LossEvaluator.Result r = evaluator.evaluate();
      Evidence found = Evidence.of(model, r.error(), r.kl(), images.binary());
      return new Losses(found.recon(), found.kl(), -found.elbo(), found.bitsPerDim());
    }
  }

  private static byte[][] pictures(Codec codec, Rows z) {
    float[] values = codec.decode(z);
    return GreyImage.levels(values, values.length / z.count());
  }
}
