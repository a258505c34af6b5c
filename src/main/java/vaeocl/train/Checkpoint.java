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
 * names, Adam's moments as {@code NAME.m} and {@code NAME.v}, tensors of whatever else the trainer
 * keeps, and in its metadata the position and the configuration.
 *
 * @param state parameters and moments, [out, in]
 * @param kept what else {@link Trainer#kept} says; who does not know a name leaves it alone
 */
public record Checkpoint(
    RunConfig config,
    Position position,
    Map<String, FloatArray> state,
    Map<String, FloatArray> kept) {
  private static final String THIS_KIND = "vae-ocl checkpoint 2";

  /** Writes the file whole or not at all. */
  void write(Path file) throws FormatException {
    RunConfig.Data d = config.dataset();
    Map<String, String> metadata =
        new HashMap<>(
            SavedModel.metadata(config.vae(), d.height(), d.width(), d.name(), config.version()));
    metadata.put(SavedModel.KIND, THIS_KIND);
    metadata.put("config", config.json());
    metadata.put("epoch", Integer.toString(position.epoch()));
    metadata.put("step", Integer.toString(position.step()));
    // Java's decimal text of a double reads back as the same double.
    metadata.put("error", Double.toString(position.error()));
    metadata.put("kl", Double.toString(position.kl()));
    metadata.put("seconds", Double.toString(position.seconds()));
    Map<String, FloatArray> tensors = new LinkedHashMap<>(state);
    tensors.putAll(kept);
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
    String kind = metadata.getOrDefault(SavedModel.KIND, "");
    if (!kind.equals(THIS_KIND)) {
      String what = kind.isEmpty() ? "holds no checkpoint" : "is a '" + kind + "'";
      throw new FormatException(file, what + "; this version reads a '" + THIS_KIND + "'");
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
      Map<String, FloatArray> kept = new LinkedHashMap<>(state);
      state.keySet().removeIf(name -> !Weights.ofNet(name));
      kept.keySet().removeIf(Weights::ofNet);
      return new Checkpoint(config, position, state, kept);
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, "damaged: it does not say how far the training came", e);
    }
  }
}
