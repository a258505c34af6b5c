package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFileTest {
  private static final String MODEL = "0123456789abcdef";

  @TempDir Path folder;
  private Path file;
  private HostileFile hostile;

  @BeforeEach
  void names() {
    file = folder.resolve("some.codes");
    hostile = new HostileFile(file, CodeFile::read);
  }

  /** Three codes of three dimensions at 3 bits: 27 bits, and 5 to fill up. */
  private static CodeFile small() {
    float[] lo = {-1, 0, 2.5f};
    float[] hi = {1, 0, 3e38f};
    return new CodeFile(3, lo, hi, MODEL, new int[] {7, 0, 1, 2, 3, 4, 5, 6, 7});
  }

  private static CodeFile random(int count, int dims, int bits) {
    SplittableRandom random = new SplittableRandom(bits);
    int[] levels = random.ints((long) count * dims, 0, 1 << bits).toArray();
    float[] hi = new float[dims];
    Arrays.fill(hi, 1);
    return new CodeFile(bits, new float[dims], hi, MODEL, levels);
  }

  private byte[] written(CodeFile codes) throws IOException {
    codes.write(file);
    return Files.readAllBytes(file);
  }

  /** {@code bytes} with the checksum put right, so that it is not what is noticed. */
  private static byte[] sealed(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }

  private void refused(String problem, byte[] bytes) throws IOException {
    String message = hostile.refused(bytes);
    assertTrue(message.contains(problem), message);
  }

  /** The small file with {@code value} as 16 bits at {@code at}. */
  private byte[] with16(int at, int value) throws IOException {
    byte[] bytes = written(small());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
    return sealed(bytes);
  }

  private byte[] with32(int at, int value) throws IOException {
    byte[] bytes = written(small());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return sealed(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void readsWhatItWrote(int bits) throws IOException {
    for (CodeFile codes :
        new CodeFile[] {random(1, 1, bits), random(5, 3, bits), random(1001, 7, bits)}) {
      codes.write(file);
      assertEquals(codes, CodeFile.read(file));
      long packed = (codes.levels().length * (long) bits + 7) / 8;
      assertEquals(28 + 8L * codes.dims() + packed + 4, Files.size(file), codes.toString());
    }
  }

  /** Levels that lie across the reader's chunks of 1 MiB. */
  @Test
  void movesMoreThanOneChunk() throws IOException {
    CodeFile codes = random(600_001, 2, 13);
    codes.write(file);
    assertEquals(codes, CodeFile.read(file));
    assertEquals(600_001, CodeFile.read(file).count());
  }

  @Test
  void writesTheDocumentedBytes() throws IOException {
    byte[] bytes = written(small());
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    String head = HexFormat.of().formatHex(bytes, 0, 28);
    assertEquals("564145434f444553" + "0100" + "0300" + "03000000" + "03000000" + MODEL, head);
    float[] ranges = new float[6];
    all.position(28).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(ranges);
    assertArrayEquals(new float[] {-1, 0, 2.5f, 1, 0, 3e38f}, ranges);
    byte[] packed = {(byte) 0b11100000, (byte) 0b10100111, 0b00101110, (byte) 0b11100000};
    assertArrayEquals(packed, Arrays.copyOfRange(bytes, 52, 56));
    assertArrayEquals(bytes, sealed(bytes.clone()), "CRC-32 of everything before it");
    assertEquals(60, bytes.length);
  }

  @Test
  void refusesEveryDamage() throws IOException {
    byte[] good = written(small());
    hostile.refusesEveryOtherLength(good);
    hostile.refusesForeignFiles();
    HostileFile.Outcome all = hostile.mutate(good, 0, good.length);
    assertTrue(all.refused() > 0, "no damage done: " + all);
    assertEquals(0, all.same() + all.different(), all.toString());
  }

  @Test
  void refusesClaimsThatTheFileDoesNotHold() throws IOException {
    refused("not a file of codes", with32(0, 0));
    refused("is of version 2", with16(8, 2));
    refused("is of version 65535", with16(8, -1));
    refused("has 1 bits", with16(10, 1));
    refused("has 17 bits", with16(10, 17));
    refused("truncated or has trailing", with16(10, 4));
    refused("announces 0 codes", with32(12, 0));
    refused("announces 4294967295 codes", with32(12, -1));
    refused("announces 2147483648 codes", with32(12, Integer.MIN_VALUE));
    refused("truncated or has trailing", with32(12, 20_000_000));
    refused("of 0 dimensions", with32(16, 0));
    refused("of 4097 dimensions", with32(16, 4097));
    refused("of 4294967295 dimensions", with32(16, -1));
    refused(
        "announces " + (28 + 8 * 4096 + 2 * (1 << 26) + 4) + " bytes", claim(16, 1 << 14, 4096));
    refused("announces 16385 codes", claim(16, (1 << 14) + 1, 4096));
  }

  private byte[] claim(int bits, int count, int dims) throws IOException {
    byte[] bytes = with16(10, bits);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(12, count).putInt(16, dims);
    return sealed(bytes);
  }

  @Test
  void refusesUnusableContents() throws IOException {
    refused("dimension 0: NaN to 1.0", with32(28, Float.floatToIntBits(Float.NaN)));
    refused("dimension 2: 2.5 to Infinity", with32(48, 0x7f800000));
    refused("dimension 1: 1.0 to 0.0", with32(32, Float.floatToIntBits(1)));
    byte[] padded = written(small());
    padded[55] |= 1;
    refused("not zero", sealed(padded));
    byte[] flipped = written(small());
    flipped[54] ^= 1;
    refused("checksum", flipped);
  }

  @Test
  void constructorChecksItsParts() {
    float[] zero = {0};
    float[] one = {1};
    int[] two = {0, 3};
    assertEquals(2, new CodeFile(2, zero, one, MODEL, two).count());
    Object[][] bad = {
      {1, zero, one, MODEL, two},
      {17, zero, one, MODEL, two},
      {2, zero, new float[2], MODEL, two},
      {2, one, zero, MODEL, two},
      {2, zero, new float[] {Float.NaN}, MODEL, two},
      {2, zero, one, "0123456789ABCDEF", two},
      {2, zero, one, "", two},
      {2, zero, one, MODEL, new int[0]},
      {2, zero, one, MODEL, new int[] {4}},
      {2, zero, one, MODEL, new int[] {-1}},
      {2, new float[0], new float[0], MODEL, two},
      {2, new float[3], new float[3], MODEL, two},
    };
    for (Object[] p : bad) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new CodeFile((int) p[0], (float[]) p[1], (float[]) p[2], (String) p[3], (int[]) p[4]),
          Arrays.deepToString(p));
    }
  }
}
