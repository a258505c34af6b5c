package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @SuppressWarnings("NonApiType") // the order matters
  private static LinkedHashMap<String, FloatArray> tensors() {
    LinkedHashMap<String, FloatArray> t = new LinkedHashMap<>();
    t.put("fc1.weight", new FloatArray(new int[] {2, 3}, new float[] {1, -2, 3, 4.5f, -0f, 6}));
    t.put("fc1.bias", new FloatArray(new int[] {2}, new float[] {Float.MIN_VALUE, 1e30f}));
    t.put("step", new FloatArray(new int[] {}, new float[] {7}));
    return t;
  }

  /** Header and data as a file; `'` stands for `"`. */
  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json);
    return Files.write(folder.resolve("some.safetensors"), all.array());
  }

  private static void refused(String problem, Path file) {
    String message =
        assertThrows(FormatException.class, () -> Safetensors.read(file), problem).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(problem), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, tensors(), Map.of("epoch", "3", "note", "naïve \"quotes\""));
    Safetensors back = Safetensors.read(file);
    assertEquals(tensors(), back.tensors());
    assertEquals(
        List.copyOf(tensors().keySet()), List.copyOf(back.tensors().keySet()), "in file order");
    assertEquals(Map.of("epoch", "3", "note", "naïve \"quotes\""), back.metadata());
  }

  @Test
  void movesMoreThanOneChunk() throws IOException {
    float[] values = new float[700_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    LinkedHashMap<String, FloatArray> t = new LinkedHashMap<>();
    t.put("big", new FloatArray(new int[] {values.length}, values));
    Path file = folder.resolve("big.safetensors");
    Safetensors.write(file, t, Map.of());
    assertArrayEquals(values, Safetensors.read(file).tensors().get("big").values());
  }

  @Test
  void writesTheDocumentedBytes() throws IOException {
    LinkedHashMap<String, FloatArray> t = new LinkedHashMap<>();
    t.put("w", new FloatArray(new int[] {1, 2}, new float[] {1, -2}));
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, t, Map.of("b", "2", "a", "1"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[(int) bytes.getLong()];
    bytes.get(json);
    assertEquals(0, json.length % 8);
    assertEquals(
        "{'__metadata__':{'a':'1','b':'2'},'w':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}}",
        new String(json, StandardCharsets.UTF_8).replace('"', '\'').stripTrailing());
    assertEquals(1f, bytes.getFloat());
    assertEquals(-2f, bytes.getFloat());
    assertFalse(bytes.hasRemaining());

    Path again = folder.resolve("again.safetensors");
    Safetensors.write(again, t, new LinkedHashMap<>(Map.of("a", "1", "b", "2")));
    assertEquals(-1, Files.mismatch(file, again), "same input, same bytes");
  }

  @Test
  void readsFilesWithoutMetadata() throws IOException {
    Path file = file("{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 8);
    assertEquals(Map.of(), Safetensors.read(file).metadata());
    assertArrayEquals(new float[2], Safetensors.read(file).tensors().get("w").values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "JSON object|[]",
        "bad JSON|{'w':}",
        "bad JSON|{} {}",
        "bad JSON|{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32'}}",
        "bad JSON|{'w':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "name|{'a b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "name|{'../x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "name|{'a\\nb':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "save it with .float()|{'w':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}}",
        "needs dtype|{'w':{'dtype':'F32','shape':[2]}}",
        "needs dtype|{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}",
        "needs dtype|{'w':3}",
        "bad shape|{'w':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}",
        "bad dimension|{'w':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
        "bad dimension|{'w':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
        "bad dimension|{'w':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}",
        "larger|{'w':{'dtype':'F32','shape':[2147483647,2147483647],'data_offsets':[0,8]}}",
        "larger|{'w':{'dtype':'F32','shape':[65536,65536,65536,65536],'data_offsets':[0,0]}}",
        "data_offsets|{'w':{'dtype':'F32','shape':[2],'data_offsets':[0]}}",
        "data_offsets|{'w':{'dtype':'F32','shape':[2],'data_offsets':{'a':0,'b':8}}}",
        "data_offsets|{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,7]}}",
        "data_offsets|{'w':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}",
        "data_offsets|{'w':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}",
        "data_offsets|{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,1e400]}}",
        "hole|{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "trailing|{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
        "trailing|{}",
        "metadata|{'__metadata__':{'a':1},'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "metadata|{'__metadata__':{'a':'\\ud800'},'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "metadata|{'__metadata__':{'\\udc00':'a'},'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "metadata|{'__metadata__':[],'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
      })
  void refusesBadHeaders(String problem, String header) throws IOException {
    refused(problem, file(header, 8));
  }

  @Test
  void refusesOverlaps() throws IOException {
    String a = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    String b = "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}";
    refused("overlapping", file("{" + a + "," + b + "}", 12));
    refused("overlapping", file("{" + a + "," + a.replace("'a'", "'c'") + "}", 8));
  }

  @Test
  void refusesTrailingDataAndWhatIsNoFile() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, tensors(), Map.of());
    byte[] whole = Files.readAllBytes(file);
    refused("trailing", Files.write(file, Arrays.copyOf(whole, whole.length + 4)));
    refused("no such file", folder.resolve("absent"));
    refused("folder", folder);
  }

  @Test
  void refusesLargeHeaders() throws IOException {
    refused("at most 1 MB", file("{" + " ".repeat(1_000_000) + "}", 0));
    byte[] huge = new byte[16];
    Arrays.fill(huge, 0, 7, (byte) 0xff);
    refused("not a safetensors", Files.write(folder.resolve("huge"), huge));
    huge[7] = (byte) 0xff;
    refused("not a safetensors", Files.write(folder.resolve("huge"), huge));
  }

  @Test
  void refusesValuesThatAreNotFinite() throws IOException {
    Path file = file("{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 8);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 0x7f;
    bytes[bytes.length - 2] = (byte) 0xc0;
    refused("NaN at index 1", Files.write(file, bytes));
  }

  @Test
  void aFailedWriteKeepsTheOldFile() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, tensors(), Map.of());
    LinkedHashMap<String, FloatArray> bad = tensors();
    bad.put("z", new FloatArray(new int[] {1}, new float[] {Float.POSITIVE_INFINITY}));
    String message =
        assertThrows(FormatException.class, () -> Safetensors.write(file, bad, Map.of()))
            .getMessage();
    assertTrue(message.contains("tensor z holds Infinity"), message);
    assertThrows(
        FormatException.class,
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  AtomicFile.writeFully(channel, ByteBuffer.wrap(new byte[5]));
                  throw new IOException("No space left on device");
                }));
    assertEquals(tensors(), Safetensors.read(file).tensors());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file stays");
    }
  }

  @Test
  void sweepsWhatKilledWritersLeft() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Path old = Files.createFile(folder.resolve(".a.safetensors.1.tmp"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path busy = Files.createFile(folder.resolve(".a.safetensors.2.tmp"));
    Path other = Files.createFile(folder.resolve(".b.safetensors.1.tmp"));
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(old));
    Safetensors.write(file, tensors(), Map.of());
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(busy), "young: its writer may be at work");
    assertTrue(Files.exists(other), "of another file");
  }

  @Test
  void namesTheFileThatCannotBeWritten() {
    Path file = folder.resolve("absent").resolve("a.safetensors");
    String message =
        assertThrows(FormatException.class, () -> Safetensors.write(file, tensors(), Map.of()))
            .getMessage();
    assertEquals(file + ": cannot be written: its folder does not exist", message);
  }

  @Test
  void refusesNamesThatReadWouldRefuse() {
    LinkedHashMap<String, FloatArray> t = new LinkedHashMap<>();
    t.put("__metadata__", new FloatArray(new int[] {1}, new float[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> Safetensors.write(folder.resolve("x"), t, Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new FloatArray(new int[] {2, 2}, new float[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FloatArray(new int[] {65536, 65536}, new float[0]));
  }
}
