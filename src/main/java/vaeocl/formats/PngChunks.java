package vaeocl.formats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG file that matter for its pixels. Everything that ImageIO lets pass is checked
 * here before it sees a byte: checksums, order, the exact size of the unpacked rows. Texts, colour
 * profiles and the like are left out: they can be bombs themselves. So is what follows IEND, as in
 * browsers.
 */
final class PngChunks {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Length and type before a chunk's data; its checksum, 4 bytes, follows them. */
  private static final int HEAD = 8;

  private static final int CRC = 4;
  private static final Pattern NAME = Pattern.compile("[A-Za-z]{4}");

  private final Path file;
  private final PngHeader header;
  private final byte[] bytes;
  private final byte[] row = new byte[1 << 13];
  private int kept = SIGNATURE.length;
  private byte[] palette = {};
  private byte[] transparency = {};
  private boolean pixelsBegun;
  private long unpacked;
  private String previous = "";

  private PngChunks(Path file, PngHeader header, byte[] bytes) {
    this.file = file;
    this.header = header;
    this.bytes = bytes;
  }

  /**
   * Checks a whole file.
   *
   * @param header its IHDR, which stands behind the signature and is checked already
   * @param bytes all of it; overwritten with what is kept
   * @throws FormatException naming {@code file}, if anything is damaged or not as PNG wants it
   */
  static PngChunks check(Path file, PngHeader header, byte[] bytes) throws FormatException {
    PngChunks chunks = new PngChunks(file, header, bytes);
    Inflater inflater = new Inflater();
    try {
      chunks.walk(inflater);
    } catch (DataFormatException e) {
      throw new FormatException(
          file, "its packed pixels are damaged; copy or download it again", e);
    } finally {
      inflater.end();
    }
    return chunks;
  }

  /** PLTE: red, green and blue of each colour; empty if there is none. */
  byte[] palette() {
    return palette;
  }

  /** tRNS as it is in the file; empty if there is none. */
  byte[] transparency() {
    return transparency;
  }

  /** A PNG file of IHDR, PLTE, IDAT and IEND alone. */
  ByteBuffer stream() {
    return ByteBuffer.wrap(bytes, 0, kept);
  }

  private void walk(Inflater inflater) throws FormatException, DataFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(SIGNATURE.length);
    while (!previous.equals("IEND")) {
      require(in.remaining() >= HEAD + CRC, "is truncated");
      int begin = in.position();
      int length = in.getInt();
      String type = StandardCharsets.ISO_8859_1.decode(in.slice().limit(4)).toString();
      require(length >= 0 && length <= in.remaining() - 4 - CRC, "is truncated");
      CRC32 crc = new CRC32();
      crc.update(bytes, begin + 4, 4 + length);
      int end = begin + HEAD + length + CRC;
      require(in.getInt(end - CRC) == (int) crc.getValue(), "is damaged, a checksum is wrong");
      chunk(type, begin + HEAD, length, inflater);
      in.position(end);
    }
    require(
        inflater.finished() && inflater.getRemaining() == 0 && unpacked == header.unpackedBytes(),
        "holds less or more than its pixels");
  }

  private void chunk(String type, int at, int length, Inflater inflater)
      throws FormatException, DataFormatException {
    require(NAME.matcher(type).matches(), "has damage between its chunks");
    boolean first = previous.isEmpty();
    require(type.equals("IHDR") == first, "has its header in the wrong place");
    boolean critical = type.charAt(0) < 'a';
    switch (type) {
      case "IHDR" -> require(length == PngHeader.BYTES, "has a bad header");
      case "PLTE" -> {
        boolean grey = header.samples() <= 2 && header.colour() != PngHeader.PALETTE;
        require(!pixelsBegun && palette.length == 0 && !grey, "has a palette out of place");
        boolean fits = header.colour() != PngHeader.PALETTE || length / 3 <= header.white() + 1;
        require(length > 0 && length % 3 == 0 && length <= 768 && fits, "has a bad palette");
        palette = Arrays.copyOfRange(bytes, at, at + length);
      }
      case "tRNS" -> {
        require(!pixelsBegun && transparency.length == 0, "has transparency out of place");
        require(length > 0 && isTransparency(length), "has bad transparency");
        transparency = Arrays.copyOfRange(bytes, at, at + length);
      }
      case "IDAT" -> {
        boolean continued = previous.equals("IDAT") || !pixelsBegun;
        boolean coloured = header.colour() != PngHeader.PALETTE || palette.length > 0;
        require(continued && coloured, "has its pixels out of place");
        pixelsBegun = true;
        inflate(inflater, at, length);
      }
      case "IEND" -> require(length == 0, "has data in its end mark");
      default -> require(!critical, "needs a newer reader (chunk " + type + ")");
    }
    if (critical) {
      int whole = HEAD + length + CRC;
      System.arraycopy(bytes, at - HEAD, bytes, kept, whole);
      kept += whole;
    }
    previous = type;
  }

  private boolean isTransparency(int length) {
    return switch (header.colour()) {
      case PngHeader.GREY -> length == 2;
      case PngHeader.RGB -> length == 6;
      case PngHeader.PALETTE -> length <= palette.length / 3;
      default -> false;
    };
  }

  /** Counts what the rows unpack to, and stops where that passes what the header announces. */
  private void inflate(Inflater inflater, int at, int length)
      throws FormatException, DataFormatException {
    require(!inflater.finished() || length == 0, "has data behind its pixels");
    inflater.setInput(bytes, at, length);
    while (!inflater.needsInput() && !inflater.finished()) {
      int n = inflater.inflate(row);
      require(n > 0 || inflater.needsInput() || inflater.finished(), "has damaged pixels");
      unpacked += n;
      require(unpacked <= header.unpackedBytes(), "unpacks to more than its header announces");
    }
    require(inflater.getRemaining() == 0, "has data behind its pixels");
  }

  private void require(boolean holds, String problem) throws FormatException {
    if (!holds) {
      throw new FormatException(file, "not a valid PNG file: it " + problem);
    }
  }
}
