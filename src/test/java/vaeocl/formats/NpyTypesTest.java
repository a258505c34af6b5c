package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** .npy files of every type and order that has a meaning here. The bytes are NumPy's tobytes(). */
class NpyTypesTest {
  @TempDir Path folder;

  private Path file(String descr, boolean columns, String shape, String hex) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }%n"
            .formatted(descr, columns ? "True" : "False", shape);
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] values = HexFormat.of().parseHex(hex);
    ByteBuffer all =
        ByteBuffer.allocate(10 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    all.putShort((short) text.length).put(text).put(values);
    return Files.write(folder.resolve("some.npy"), all.array());
  }

  @ParameterizedTest
  @CsvSource({
    "f4, 0000c03f000020c0, 1.5, -2.5",
    "=f4, 0000c03f000020c0, 1.5, -2.5",
    "<f4, 0000c03f000020c0, 1.5, -2.5",
    ">f4, 3fc00000c0200000, 1.5, -2.5",
    "<f8, 000000000000f83f9a9999999999b9bf, 1.5, -0.1",
    ">f8, 3ff8000000000000bfb999999999999a, 1.5, -0.1",
    "<f2, 003e66ae, 1.5, -0.099975586",
    ">f2, 3e00ae66, 1.5, -0.099975586",
    "<f2, 0100ff7b, 5.9604645e-8, 65504",
    "<f2, ff030080, 6.097555e-5, -0.0",
    "|b1, 0001, 0, 1",
    "|i1, ff7f, -1, 127",
    "<i2, 2c01ffff, 300, -1",
    ">i4, 0000012cffffffff, 300, -1",
    "<i8, 2c01000000000000ffffffffffffffff, 300, -1",
    "<u2, 00012c01, 256, 300",
    ">u4, 00000100ffffffff, 256, 4294967295",
    "<u8, 0001000000000000ffffffffffffffff, 256, 18446744073709551615",
  })
  void numbersBecomeFloats(String descr, String hex, float first, float second) throws IOException {
    FloatArray expected = new FloatArray(new int[] {2}, new float[] {first, second});
    Path file = file(descr, false, "(2,)", hex);
    assertEquals(expected, Npy.read(file));
    assertEquals(expected, Npy.readFloats(file));
  }

  @ParameterizedTest
  @CsvSource({
    "u1, 07ff",
    "<u1, 07ff",
    "|u1, 07ff",
    "<i2, 0700ff00",
    ">u2, 000700ff",
    "<i4, 07000000ff000000",
    "<i8, 0700000000000000ff00000000000000",
    ">u8, 000000000000000700000000000000ff"
  })
  void integersOfAByteAreBytes(String descr, String hex) throws IOException {
    Path file = file(descr, false, "(2,)", hex);
    assertEquals(new ByteArray(new int[] {2}, new byte[] {7, -1}), Npy.read(file));
    assertEquals(new FloatArray(new int[] {2}, new float[] {7, 255}), Npy.readFloats(file));
  }

  /** np.asfortranarray(np.arange(24).reshape(2, 3, 4)), whose first dimension is the fastest. */
  @ParameterizedTest
  @CsvSource({"|u1, 1", "<u2, 2"})
  void columnsBecomeRows(String descr, int width) throws IOException {
    StringBuilder hex = new StringBuilder();
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 2; i++) {
          hex.append(String.format("%02x", 12 * i + 4 * j + k)).append("00".repeat(width - 1));
        }
      }
    }
    NumberArray array = Npy.read(file(descr, true, "(2, 3, 4)", hex.toString()));
    byte[] expected = new byte[24];
    for (int i = 0; i < 24; i++) {
      expected[i] = (byte) i;
    }
    assertArrayEquals(new int[] {2, 3, 4}, array.shape());
    assertArrayEquals(expected, assertInstanceOf(ByteArray.class, array).values());
  }

  @Test
  void whatFloatsCannotHoldIsRefused() throws IOException {
    String first = refused("<f8", "9c7500883ce4377e"); // 1e300
    assertTrue(first.contains("holds 1.0E300, which is more than float32 can hold"), first);
    String infinite = refused("<f8", "000000000000f07f");
    assertTrue(infinite.contains("holds Infinity at index (0,); replace it"), infinite);
    assertTrue(refused("<f2", "017e").contains("holds NaN at index (0,)"));
  }

  private String refused(String descr, String hex) throws IOException {
    Path file = file(descr, false, "(1,)", hex);
    String message = assertThrows(FormatException.class, () -> Npy.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message;
  }
}
