package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class PackedTest {
  @Test
  void bytesAreLittleEndian() {
    assertArrayEquals(
        new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0},
        Base64.getDecoder().decode(Packed.floats(new float[] {1, -2})));
    assertArrayEquals(
        new byte[] {0, 0x3c, 0, (byte) 0xc0},
        Base64.getDecoder().decode(Packed.halves(new float[] {1, -2})));
  }

  @Test
  void lengthIsThatOfTheText() {
    for (int bytes = 0; bytes < 10; bytes++) {
      assertEquals(Packed.bytes(new byte[bytes]).length(), Packed.length(bytes));
    }
  }
}
