package vaeocl.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorFlow's records: the length of the data (8 bytes), its masked checksum (4), the data, their
 * masked checksum (4), all little-endian. A reader takes a last record that is cut off for one that
 * is still being written.
 */
final class TfRecord {
  private static final int MASK = 0xa282ead8;

  private TfRecord() {}

  /** Adds a record. */
  static void write(ByteArrayOutputStream out, byte[] data) {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    out.writeBytes(length);
    out.writeBytes(checksum(length));
    out.writeBytes(data);
    out.writeBytes(checksum(data));
  }

  private static byte[] checksum(byte[] data) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked(data)).array();
  }

  /** CRC-32C, changed so that a checksum of data that hold checksums stays a good one. */
  static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
