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
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static final FloatArray FLOATS =
      new FloatArray(new int[] {2, 3}, new float[] {1, -2.5f, 3, -0f, Float.MIN_VALUE, 1e30f});
  private static final ByteArray BYTES =
      new ByteArray(new int[] {2, 2, 1}, new byte[] {0, 1, 127, -1});

  @TempDir Path folder;
  private Path file;
  private HostileFile hostile;

  @BeforeEach
  void names() {
    file = folder.resolve("some.npy");
    hostile = new HostileFile(file, Npy::read);
  }

  private byte[] written(NumberArray array) throws IOException {
    Npy.write(file, array);
    return Files.readAllBytes(file);
  }

  private void refused(String problem, byte[] bytes) throws IOException {
    String message = hostile.refused(bytes);
    assertTrue(message.contains(problem), message);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    for (NumberArray array : new NumberArray[] {FLOATS, BYTES}) {
      Npy.write(file, array);
      assertEquals(array, Npy.read(file));
    }
    assertArrayEquals(new byte[] {0, 1, 127, -1}, ((ByteArray) Npy.read(file)).values());
    FloatArray scalar = new FloatArray(new int[0], new float[] {7});
    Npy.write(file, scalar);
    assertEquals(scalar, Npy.readFloats(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file stays");
    }
  }

  @Test
  void movesMoreThanOneChunk() throws IOException {
    float[] values = new float[700_001];
    byte[] pixels = new byte[2_500_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((i * 31) >> 3);
    }
    Npy.write(file, new FloatArray(new int[] {values.length}, values));
    assertArrayEquals(values, Npy.readFloats(file).values());
    ByteArray bytes = new ByteArray(new int[] {pixels.length}, pixels);
    Npy.write(file, bytes);
    assertEquals(bytes, Npy.read(file));
  }

  /** What NumPy 2's np.save writes for np.array([1, -2], np.float32). */
  @Test
  void writesTheBytesOfNumpy() throws IOException {
    byte[] bytes = written(new FloatArray(new int[] {2}, new float[] {1, -2}));
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(128 + 8, bytes.length);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    assertArrayEquals(start, Arrays.copyOf(bytes, 10));
    String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    assertEquals(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", header.stripTrailing());
    assertTrue(header.endsWith(" \n"), header);
    assertEquals(1f, all.getFloat(128));
    assertEquals(-2f, all.getFloat(132));
    String other = new String(written(BYTES), 10, 118, StandardCharsets.US_ASCII);
    assertTrue(other.startsWith("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 1), }"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsTheThreeVersions(int version) throws IOException {
    byte[] one = written(FLOATS);
    int length = one.length - 10 - 24;
    ByteBuffer all =
        ByteBuffer.allocate(one.length + (version > 1 ? 2 : 0)).order(ByteOrder.LITTLE_ENDIAN);
    all.put(one, 0, 6).put((byte) version).put((byte) 0);
    if (version == 1) {
      all.putShort((short) length);
    } else {
      all.putInt(length);
    }
    Files.write(file, all.put(one, 10, one.length - 10).array());
    assertEquals(FLOATS, Npy.read(file));
  }

  @Test
  void refusesValuesThatAreNotFinite() throws IOException {
    byte[] bytes = written(FLOATS);
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putFloat(128 + 5 * 4, Float.NaN);
    refused("NaN at index (1, 2)", bytes);
    all.putFloat(128 + 5 * 4, 0).putFloat(128, Float.NEGATIVE_INFINITY);
    refused("-Infinity at index (0, 0)", bytes);
  }

  @Test
  void aFailedWriteKeepsTheOldFile() throws IOException {
    Npy.write(file, FLOATS);
    FloatArray bad = new FloatArray(new int[] {1}, new float[] {Float.NaN});
    String message = assertThrows(FormatException.class, () -> Npy.write(file, bad)).getMessage();
    assertEquals(file + ": holds NaN at index (0,); not written", message);
    assertEquals(FLOATS, Npy.read(file));
    int[] deep = new int[33];
    Arrays.fill(deep, 1);
    assertThrows(
        IllegalArgumentException.class, () -> Npy.write(file, new ByteArray(deep, new byte[1])));
  }

  @Test
  void bytesAreNumbersWhereNumbersAreNeeded() throws IOException {
    Npy.write(file, BYTES);
    FloatArray expected = new FloatArray(BYTES.shape(), new float[] {0, 1, 127, 255});
    assertEquals(expected, Npy.readFloats(file));
  }

  @Test
  void refusesWhatIsNoSuchFile() throws IOException {
    refused("np.save", new byte[] {(byte) 0x93, 'N', 'U', 'M'});
    refused(".npz", new byte[] {'P', 'K', 3, 4});
    refused("version 4.0", withVersion(4, 0));
    refused("version 1.1", withVersion(1, 1));
    refused("version 255.0", withVersion(255, 0));
    for (Path odd : new Path[] {folder, folder.resolve("absent")}) {
      String message = assertThrows(FormatException.class, () -> Npy.read(odd)).getMessage();
      assertTrue(message.startsWith(odd + ": "), message);
      assertTrue(message.contains("folder") || message.contains("no such file"), message);
    }
  }

  private byte[] withVersion(int major, int minor) throws IOException {
    byte[] bytes = written(FLOATS);
    bytes[6] = (byte) major;
    bytes[7] = (byte) minor;
    return bytes;
  }

  @Test
  void constructorsCheckTheShape() {
    assertThrows(
        IllegalArgumentException.class, () -> new ByteArray(new int[] {2, 2}, new byte[3]));
    assertThrows(IllegalArgumentException.class, () -> new ByteArray(new int[] {0}, new byte[0]));
    assertThrows(
        IllegalArgumentException.class, () -> new ByteArray(new int[] {-1, -3}, new byte[3]));
    assertFalse(BYTES.equals(new ByteArray(new int[] {4}, BYTES.values())));
  }
}
