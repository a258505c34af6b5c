package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as TensorFlow's own. */
class TfRecordTest {
  @TempDir Path temp;

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** As tensorflow/core/lib/hash/crc32c.h takes the mask away. */
  private static int unmasked(int masked) {
    int rotated = masked - 0xa282ead8;
    return (rotated >>> 17) | (rotated << 15);
  }

  /** The vectors of RFC 3720, B.4, and the check value of the catalogues of CRCs. */
  @Test
  void checksumsAreThePublishedOnes() {
    byte[] rising = new byte[32];
    for (int i = 0; i < rising.length; i++) {
      rising[i] = (byte) i;
    }
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0x8a9136aa, unmasked(TfRecord.masked(filled(0))));
    assertEquals(0x62a8ab43, unmasked(TfRecord.masked(filled(0xff))));
    assertEquals(0x46dd794e, unmasked(TfRecord.masked(rising)));
    assertEquals(0xe3069283, unmasked(TfRecord.masked(digits)));
  }

  @Test
  void aRecordHasLengthDataAndBothChecksums() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TfRecord.write(out, filled(0));
    byte[] record = out.toByteArray();
    assertEquals(8 + 4 + 32 + 4, record.length);
    assertEquals(32, record[0]);
    assertArrayEquals(filled(0), Arrays.copyOfRange(record, 12, 44));
  }

  /** Every event file of TensorFlow's begins with these bytes: 24, and the checksum of that. */
  @Test
  void anEventFileBeginsAsTensorFlowsDo() throws IOException {
    new EventFile(temp, 1);
    try (Stream<Path> files = Files.list(temp)) {
      byte[] bytes = Files.readAllBytes(files.findFirst().orElseThrow());
      byte[] head = HexFormat.of().parseHex("1800000000000000a37f4b22");
      assertArrayEquals(head, Arrays.copyOf(bytes, head.length));
    }
  }
}
