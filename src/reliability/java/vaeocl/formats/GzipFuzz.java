package vaeocl.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Gzip members, as they are and with the checksum that the packed bytes ask for. */
public final class GzipFuzz {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final FuzzedFile<String> FILE =
      FuzzedFile.of("packed.gz", GzipFuzz::read, GzipFuzz::write);

  private GzipFuzz() {}

  /** The bytes as characters. What StrictGzip ends with are two classes of exceptions. */
  private static String read(Path file) throws IOException {
    try (StrictGzip in = new StrictGzip(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (EOFException | ZipException e) {
      throw new FormatException(file, "damaged: " + e.getMessage(), e);
    }
  }

  private static void write(Path file, String plain) throws IOException {
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(plain.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** Files to begin with: nothing, a few bytes, two members, a header with all that it may have. */
  public static void seeds(Path folder) throws IOException {
    write(folder.resolve("nothing"), "");
    write(folder.resolve("bytes"), "abcabcabcabcabcd");
    byte[] one = Files.readAllBytes(folder.resolve("bytes"));
    Files.write(
        folder.resolve("two"), ByteBuffer.allocate(2 * one.length).put(one).put(one).array());
    byte[] named = ByteBuffer.allocate(one.length + 11).put(one, 0, HEADER).array();
    named[3] = 2 | 4 | 8 | 16; // checksum of the header, extra field, name, comment
    ByteBuffer rest = ByteBuffer.wrap(named).position(HEADER);
    rest.put(new byte[] {2, 0, 'x', 'y', 'n', 0, 'c', 'c', 0, 1, 2});
    Files.write(folder.resolve("named"), rest.put(one, HEADER, one.length - HEADER).array());
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
    FILE.check(mended(bytes));
  }

  /** The same, but for the checksum of a first member with a plain header. */
  static byte[] mended(byte[] bytes) {
    if (bytes.length <= HEADER) {
      return bytes;
    }
    CRC32 crc = new CRC32();
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, HEADER, bytes.length - HEADER);
      byte[] plain = new byte[1 << 12];
      for (int n = inflater.inflate(plain); n > 0; n = inflater.inflate(plain)) {
        crc.update(plain, 0, n);
      }
      if (!inflater.finished() || inflater.getRemaining() < TRAILER) {
        return bytes;
      }
      ByteBuffer mended = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
      mended.position(bytes.length - inflater.getRemaining());
      mended.putInt((int) crc.getValue()).putInt((int) inflater.getBytesWritten());
      return mended.array();
    } catch (DataFormatException e) {
      return bytes;
    } finally {
      inflater.end();
    }
  }
}
