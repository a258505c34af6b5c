package vaeocl.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Archives whose directory says of their entries' contents what these ask for. */
public final class ZipMended {
  private static final int END = 22;
  private static final int ENTRY = 46;
  private static final int LOCAL = 30;
  private static final int MOST = 1 << 16;

  private ZipMended() {}

  /** The same bytes, but for checksums and unpacked sizes of what entries can be found. */
  public static byte[] of(byte[] bytes) {
    ByteBuffer zip = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - END;
    int at = end < 0 ? -1 : zip.getInt(end + 16);
    while (at >= 0 && at <= end - ENTRY) {
      int local = zip.getInt(at + 42);
      int size = zip.getInt(at + 20);
      if (local >= 0 && local <= end - LOCAL) {
        int from = local + LOCAL + unsigned(zip, local + 26) + unsigned(zip, local + 28);
        if (size >= 0 && from <= end && size <= end - from) {
          mend(zip, at, from, size, unsigned(zip, at + 10) == 0);
        }
      }
      at += ENTRY + unsigned(zip, at + 28) + unsigned(zip, at + 30) + unsigned(zip, at + 32);
    }
    return zip.array();
  }

  private static int unsigned(ByteBuffer zip, int at) {
    return Short.toUnsignedInt(zip.getShort(at));
  }

  private static void mend(ByteBuffer zip, int entry, int from, int size, boolean stored) {
    byte[] content = new byte[size];
    zip.get(from, content);
    byte[] plain = content;
    int length = size;
    if (!stored) {
      Inflater inflater = new Inflater(true);
      plain = new byte[MOST];
      try {
        inflater.setInput(content);
        length = inflater.inflate(plain);
      } catch (DataFormatException e) {
        return;
      } finally {
        inflater.end();
      }
    }
    CRC32 crc = new CRC32();
    crc.update(plain, 0, length);
    zip.putInt(entry + 16, (int) crc.getValue()).putInt(entry + 24, length);
  }
}
