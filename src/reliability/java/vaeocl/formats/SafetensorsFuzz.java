package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models and checkpoints, also with a checksum that fits their contents and one that does not. */
public final class SafetensorsFuzz {
  private static final FuzzedFile<Safetensors> FILE =
      FuzzedFile.of("model.safetensors", Safetensors::read, SafetensorsFuzz::write);

  private SafetensorsFuzz() {}

  private static void write(Path file, Safetensors model) throws FormatException {
    Safetensors.write(file, model.tensors(), model.metadata());
  }

  private static Safetensors with(Safetensors model, String checksum) {
    Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
    metadata.put(Safetensors.CHECKSUM, checksum);
    return new Safetensors(model.tensors(), metadata);
  }

  /** Files to begin with: what is written, and one of each other type of numbers. */
  public static void seeds(Path folder) throws IOException {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put("fc1.weight", new FloatArray(new int[] {2, 3}, new float[] {1, -2, 3, 0.5f, 0, 7}));
    tensors.put("fc1.bias", new FloatArray(new int[] {2}, new float[] {1e30f, -1e-30f}));
    Safetensors two = new Safetensors(tensors, Map.of("activation", "relu", "epoch", "3"));
    write(folder.resolve("two"), two);
    write(folder.resolve("whole"), with(two, two.checksum()));
    write(folder.resolve("none"), new Safetensors(Map.of(), Map.of()));
    for (Map.Entry<String, Integer> type : Map.of("F16", 2, "BF16", 2, "F64", 8).entrySet()) {
      int end = 2 * type.getValue();
      String entry = "{\"w\":{\"dtype\":\"%s\",\"shape\":[2],\"data_offsets\":[0,%d]}}";
      byte[] header = entry.formatted(type.getKey(), end).getBytes(StandardCharsets.US_ASCII);
      ByteBuffer all = ByteBuffer.allocate(Long.BYTES + header.length + end);
      all.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
      Files.write(folder.resolve(type.getKey()), all.array());
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Safetensors model = FILE.check(bytes).orElse(null);
    if (model == null) {
      return;
    }
    Safetensors whole = with(model, model.checksum());
    assertEquals(whole, whole.requireWhole(FILE.file()));
    assertEquals(whole.checksum(), model.checksum(), "it is not part of itself");
    Safetensors other = with(model, "other");
    assertThrows(FormatException.class, () -> other.requireWhole(FILE.file()));
  }
}
