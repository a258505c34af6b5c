package vaeocl.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Safetensors;
import vaeocl.model.LossSums;
import vaeocl.model.SavedModel;
import vaeocl.model.Weights;

/**
 * All that a training needs to go on to the bit, as a safetensors file: parameters under PyTorch's
 * names, Adam's moments as {@code NAME.m} and {@code NAME.v}, tensors of whatever else the trainer
 * keeps, and in its metadata the position and the configuration.
 *
 * @param state parameters and moments, [out, in]
 * @param kept what else {@link Trainer#kept} says; who does not know a name leaves it alone
 * @param files what it belongs to; null where it does not say, as before checkpoint 3
 */
public record Checkpoint(
    RunConfig config,
    Position position,
    Map<String, FloatArray> state,
    Map<String, FloatArray> kept,
    FileDigests files) {
  private static final String THIS_KIND = "vae-ocl checkpoint 3";

  /** Without checksums, of itself or of other files. */
  private static final String EARLIER_KIND = "vae-ocl checkpoint 2";

  /** One that is not in a run folder yet. */
  Checkpoint(
      RunConfig config,
      Position position,
      Map<String, FloatArray> state,
      Map<String, FloatArray> kept) {
    this(config, position, state, kept, null);
  }

  /** Writes the file whole or not at all, with a checksum of all that it holds. */
  void write(Path file) throws FormatException {
    Map<String, String> metadata =
        new HashMap<>(config.modelMetadata(position.epoch(), position.variance()));
    metadata.put(SavedModel.KIND, THIS_KIND);
    metadata.put("config", config.json());
    metadata.put("step", Integer.toString(position.step()));
    // Java's decimal text of a double reads back as the same double.
    metadata.put("error", Double.toString(position.sums().error()));
    metadata.put("kl", Double.toString(position.sums().kl()));
    metadata.put("extra", Double.toString(position.sums().extra()));
    metadata.put("variance", Double.toString(position.variance()));
    metadata.put("seconds", Double.toString(position.seconds()));
    Map<String, FloatArray> tensors = new LinkedHashMap<>(state);
    tensors.putAll(kept);
    metadata.putAll(files.metadata());
    metadata.put(Safetensors.CHECKSUM, new Safetensors(tensors, metadata).checksum());
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Reads a checkpoint. Whether its tensors fit the net is for {@link
   * vaeocl.model.Weights#mismatch} to say.
   *
   * @throws FormatException if the file is missing, damaged or no checkpoint
   */
  static Checkpoint read(Path file) throws FormatException {
    Safetensors tensors = Safetensors.read(file).requireWhole(file);
    Map<String, String> metadata = tensors.metadata();
    String kind = metadata.getOrDefault(SavedModel.KIND, "");
    boolean whole = kind.equals(THIS_KIND) && metadata.containsKey(Safetensors.CHECKSUM);
    if (!whole && !kind.equals(EARLIER_KIND)) {
      if (kind.equals(THIS_KIND)) {
        throw new FormatException(file, "damaged: the checksum of its contents is gone");
      }
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
              new LossSums(
                  Double.parseDouble(text.apply("error")),
                  Double.parseDouble(text.apply("kl")),
                  Double.parseDouble(metadata.getOrDefault("extra", "0"))),
              Double.parseDouble(metadata.getOrDefault("variance", "0.5")),
              Double.parseDouble(text.apply("seconds")));
      Map<String, FloatArray> state = new LinkedHashMap<>(tensors.tensors());
      Map<String, FloatArray> kept = new LinkedHashMap<>(state);
      state.keySet().removeIf(name -> !Weights.ofNet(name));
      kept.keySet().removeIf(Weights::ofNet);
      return new Checkpoint(config, position, state, kept, whole ? FileDigests.of(metadata) : null);
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, "damaged: it does not say how far the training came", e);
    }
  }

  /** The same for those who only look: null where there is none that can be read. */
  static Checkpoint readOrNull(Path file) {
    try {
      return Files.exists(file) ? read(file) : null;
    } catch (FormatException e) {
      return null;
    }
  }
}
