package vaeocl.formats;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * One gzip member and nothing after it (RFC 1952). The JDK's GZIPInputStream reads on through
 * trailing junk; here anything behind the trailer, or a wrong checksum, is an error.
 */
final class StrictGzip extends InflaterInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  private final CRC32 crc = new CRC32();
  private boolean ended;

  /** Reads the member's header from {@code in}, positioned at its first byte. */
  StrictGzip(InputStream in) throws IOException {
    super(in, new Inflater(true), BUFFER);
    try {
      skipHeader(new DataInputStream(in));
    } catch (IOException e) {
      inf.end();
      throw e;
    }
  }

  private static void skipHeader(DataInputStream in) throws IOException {
    byte[] head = new byte[10];
    in.readFully(head);
    if ((head[0] & 0xff) != 0x1f || (head[1] & 0xff) != 0x8b || head[2] != 8) {
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
    int n = super.read(target, offset, length);
    if (n > 0) {
      crc.update(target, offset, n);
    } else if (n < 0 && !ended) {
      ended = true;
      checkTrailer();
    }
    return n;
  }

  /** The trailer lies partly in the inflater's buffer, partly still in the file. */
  private void checkTrailer() throws IOException {
    byte[] rest = new byte[9];
    int buffered = Math.min(inf.getRemaining(), rest.length);
    System.arraycopy(buf, len - inf.getRemaining(), rest, 0, buffered);
    int n = buffered + in.readNBytes(rest, buffered, rest.length - buffered);
    if (n < 8) {
      throw new EOFException();
    }
    if (littleEndian(rest, 0) != (int) crc.getValue()
        || littleEndian(rest, 4) != (int) inf.getBytesWritten()) {
      throw new ZipException("wrong checksum");
    }
    if (n > 8) {
      throw new ZipException("trailing bytes after the packed data");
    }
  }

  private static int littleEndian(byte[] b, int at) {
    return (b[at] & 0xff)
        | (b[at + 1] & 0xff) << 8
        | (b[at + 2] & 0xff) << 16
        | (b[at + 3] & 0xff) << 24;
  }

  /** InflaterInputStream ends only inflaters it made itself. */
  @Override
  public void close() throws IOException {
    inf.end();
    super.close();
  }
}
