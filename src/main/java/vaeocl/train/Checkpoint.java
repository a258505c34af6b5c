package vaeocl.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.model.SavedModel;
import vaeocl.model.Weights;

/**
 * All that a training needs to go on to the bit, as a safetensors file: parameters under PyTorch's
 * names, Adam's moments as {@code NAME.m} and {@code NAME.v}, and in its metadata the position and
 * the configuration.
 *
 * @param state parameters and moments, [out, in]
 * @param mu what the encoder last said of every training image, [images, latent]: the order within
 *     batches goes by it
 */
public record Checkpoint(
    RunConfig config, Position position, Map<String, FloatArray> state, FloatArray mu) {
  private static final String KIND = "vae-ocl checkpoint 2";

  /** Writes the file whole or not at all. */
  void write(Path file) throws FormatException {
    RunConfig.Data d = config.dataset();
    Map<String, String> metadata =
        new HashMap<>(
            SavedModel.metadata(config.vae(), d.height(), d.width(), d.name(), config.version()));
    metadata.put("kind", KIND);
    metadata.put("config", config.json());
    metadata.put("epoch", Integer.toString(position.epoch()));
    metadata.put("step", Integer.toString(position.step()));
    // Java's decimal text of a double reads back as the same double.
    metadata.put("error", Double.toString(position.error()));
    metadata.put("kl", Double.toString(position.kl()));
    metadata.put("seconds", Double.toString(position.seconds()));
    Map<String, FloatArray> tensors = new LinkedHashMap<>(state);
    tensors.put(Weights.MU, mu);
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Reads a checkpoint. Whether its tensors fit the net is for {@link
   * vaeocl.model.Weights#mismatch} to say.
   *
   * @throws FormatException if the file is missing, damaged or no checkpoint
   */
  static Checkpoint read(Path file) throws FormatException {
    Safetensors tensors = Safetensors.read(file);
    Map<String, String> metadata = tensors.metadata();
    String kind = metadata.getOrDefault("kind", "");
    if (!kind.equals(KIND)) {
      String what = kind.isEmpty() ? "holds no checkpoint" : "is a '" + kind + "'";
      throw new FormatException(file, what + "; this version reads a '" + KIND + "'");
    }
    RunConfig config = RunConfig.parse(file, metadata.getOrDefault("config", ""));
    try {
      Function<String, String> text = key -> metadata.getOrDefault(key, "");
      Position position =
          new Position(
              Integer.parseInt(text.apply("epoch")),
              Integer.parseInt(text.apply("step")),
              Double.parseDouble(text.apply("error")),
              Double.parseDouble(text.apply("kl")),
              Double.parseDouble(text.apply("seconds")));
      Map<String, FloatArray> state = new LinkedHashMap<>(tensors.tensors());
      FloatArray mu = state.remove(Weights.MU);
      if (mu == null) {
        throw new FormatException(file, "damaged: it has no tensor " + Weights.MU);
      }
      return new Checkpoint(config, position, state, mu);
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, "damaged: it does not say how far the training came", e);
    }
  }
}
