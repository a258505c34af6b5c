package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Safetensors files in every precision that PyTorch saves floats in. */
class SafetensorsTypesTest {
  private static final String HEADER =
      "{'d':{'dtype':'F64','shape':[2],'data_offsets':[0,16]},"
          + "'f':{'dtype':'F32','shape':[2],'data_offsets':[16,24]},"
          + "'h':{'dtype':'F16','shape':[2],'data_offsets':[24,28]},"
          + "'b':{'dtype':'BF16','shape':[1,2],'data_offsets':[28,32]}}";

  @TempDir Path folder;

  /** A number, then -2.5, in each type. */
  private Path file(double first) throws IOException {
    byte[] json = HEADER.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + json.length + 32).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json).putDouble(first).putDouble(-2.5);
    all.putFloat(1.5f).putFloat(-2.5f).putInt(0xc100_3e00).putInt(0xc020_3fc0);
    return Files.write(folder.resolve("some.safetensors"), all.array());
  }

  @Test
  void readsHalfAndDoublePrecision() throws IOException {
    Map<String, FloatArray> tensors = Safetensors.read(file(1.5)).tensors();
    assertEquals(List.of("d", "f", "h", "b"), List.copyOf(tensors.keySet()));
    tensors.values().forEach(t -> assertArrayEquals(new float[] {1.5f, -2.5f}, t.values()));
  }

  @Test
  void refusesWhatFloatsCannotHold() throws IOException {
    Path file = file(1e300);
    String message = assertThrows(FormatException.class, () -> Safetensors.read(file)).getMessage();
    assertTrue(message.contains("holds 1.0E300, which is more than float32 can hold"), message);
  }
}
