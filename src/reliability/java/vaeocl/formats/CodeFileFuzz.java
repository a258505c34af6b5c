package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Files of codes, as they are and with the checksum that their contents ask for. */
public final class CodeFileFuzz {
  private static final FuzzedFile<CodeFile> FILE =
      FuzzedFile.of("codes.vae", CodeFile::read, (file, codes) -> codes.write(file));

  private CodeFileFuzz() {}

  /** Files to begin with. */
  public static void seeds(Path folder) throws IOException {
    for (int bits : new int[] {CodeFile.MIN_BITS, 5, CodeFile.MAX_BITS}) {
      int[] levels = {0, 1, 2, 3, 3, 2, 1, 0, 1, 2};
      CodeFile codes =
          new CodeFile(bits, new float[] {-1, 0}, new float[] {1, 0}, "0123456789abcdef", levels);
      codes.write(folder.resolve("codes-" + bits));
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
    if (bytes.length > Integer.BYTES) {
      CRC32 crc = new CRC32();
      int end = bytes.length - Integer.BYTES;
      crc.update(bytes, 0, end);
      ByteBuffer mended = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
      FILE.check(mended.putInt(end, (int) crc.getValue()).array());
    }
  }
}
