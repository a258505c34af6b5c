package vaeocl.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes .npz files for tests, as NumPy's savez and savez_compressed do. */
public final class NpzBytes {
  private NpzBytes() {}

  /**
   * Writes arrays.
   *
   * @param named names and arrays in turn; bytes in the place of an array are taken as they are
   */
  public static void write(Path file, boolean packed, Object... named) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(all)) {
      for (int i = 0; i < named.length; i += 2) {
        byte[] npy = named[i + 1] instanceof byte[] raw ? raw : npy((NumberArray) named[i + 1]);
        ZipEntry entry = new ZipEntry(named[i] + ".npy");
        if (!packed) {
          CRC32 crc = new CRC32();
          crc.update(npy);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(npy.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(npy);
        zip.closeEntry();
      }
    }
    Files.write(file, all.toByteArray());
  }

  /** An array as an .npy file has it. */
  public static byte[] npy(NumberArray array) {
    byte[] header = NpyHeader.of(array);
    if (array instanceof ByteArray bytes) {
      int size = header.length + bytes.values().length;
      return ByteBuffer.allocate(size).put(header).put(bytes.values()).array();
    }
    float[] values = ((FloatArray) array).values();
    ByteBuffer all = ByteBuffer.allocate(header.length + values.length * Float.BYTES);
    all.put(header).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return all.array();
  }
}
