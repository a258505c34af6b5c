package vaeocl.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models and checkpoints. */
public final class SafetensorsFuzz {
  private static final FuzzedFile<Safetensors> FILE =
      FuzzedFile.of(
          "model.safetensors",
          Safetensors::read,
          (file, model) -> Safetensors.write(file, model.tensors(), model.metadata()));

  private SafetensorsFuzz() {}

  /** Files to begin with. */
  public static void seeds(Path folder) throws IOException {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put("fc1.weight", new FloatArray(new int[] {2, 3}, new float[] {1, -2, 3, 0.5f, 0, 7}));
    tensors.put("fc1.bias", new FloatArray(new int[] {2}, new float[] {1e30f, -1e-30f}));
    Safetensors.write(folder.resolve("two"), tensors, Map.of("activation", "relu", "epoch", "3"));
    Safetensors.write(folder.resolve("none"), Map.of(), Map.of());
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
  }
}
