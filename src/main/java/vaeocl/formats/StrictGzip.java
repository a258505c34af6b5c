package vaeocl.formats;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Gzip members one after the other and nothing else (RFC 1952). The JDK's GZIPInputStream reads on
 * through trailing junk; here anything else behind a trailer, or a wrong checksum, is an error.
 */
final class StrictGzip extends InflaterInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 0x1f;
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  private final CRC32 crc = new CRC32();
  private boolean ended;

  /** Reads the first member's header from {@code in}, positioned at its first byte. */
  StrictGzip(InputStream in) throws IOException {
    super(new PushbackInputStream(in, BUFFER), new Inflater(true), BUFFER);
    try {
      skipHeader(new DataInputStream(this.in));
    } catch (IOException e) {
      inf.end();
      throw e;
    }
  }

  private static void skipHeader(DataInputStream in) throws IOException {
    byte[] head = new byte[10];
    in.readFully(head);
    if (head[0] != MAGIC || (head[1] & 0xff) != 0x8b || head[2] != 8) {
      throw new ZipException("not a gzip header");
    }
    int flags = head[3];
    if ((flags & FEXTRA) != 0) {
      in.skipNBytes(Short.toUnsignedInt(Short.reverseBytes(in.readShort())));
    }
    if ((flags & FNAME) != 0) {
      skipString(in);
    }
    if ((flags & FCOMMENT) != 0) {
      skipString(in);
    }
    if ((flags & FHCRC) != 0) {
      in.skipNBytes(2);
    }
  }

  private static void skipString(DataInputStream in) throws IOException {
    while (in.readByte() != 0) {
      // The name of the packed file means nothing here.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = ended ? -1 : super.read(target, offset, length);
    while (n < 0 && !ended) {
      ended = !nextMember();
      n = ended ? -1 : super.read(target, offset, length);
    }
    if (n > 0) {
      crc.update(target, offset, n);
    }
    return n;
  }

  /** Checks a member's trailer; begins the one after it, if there is one. */
  private boolean nextMember() throws IOException {
    PushbackInputStream file = (PushbackInputStream) in;
    DataInputStream data = new DataInputStream(file);
    // The trailer lies partly in the inflater's buffer, partly still in the file.
    file.unread(buf, len - inf.getRemaining(), inf.getRemaining());
    if (Integer.reverseBytes(data.readInt()) != (int) crc.getValue()
        || Integer.reverseBytes(data.readInt()) != (int) inf.getBytesWritten()) {
      throw new ZipException("wrong checksum");
    }
    int next = file.read();
    if (next < 0) {
      return false;
    }
    if (next != MAGIC) {
      throw new ZipException("trailing bytes after the packed data");
    }
    file.unread(next);
    skipHeader(data);
    inf.reset();
    crc.reset();
    return true;
  }

  /** InflaterInputStream ends only inflaters it made itself. */
  @Override
  public void close() throws IOException {
    inf.end();
    super.close();
  }
}
