package vaeocl.formats;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The checked IHDR of a PNG file.
 *
 * @param rows the height, 1 to {@value #MAX_SIDE}
 * @param cols the width, 1 to {@value #MAX_SIDE}
 * @param depth bits of one sample: 1, 2, 4, 8 or 16
 * @param colour the kind of pixel, one of the constants below
 * @param interlaced whether the rows come in the seven passes of Adam7
 */
record PngHeader(int rows, int cols, int depth, int colour, boolean interlaced) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  /** Bytes of an IHDR without its frame. */
  static final int BYTES = 13;

  private static final int MAX_SIDE = 4096;

  /** What 4096x4096 pixels of 8-bit RGB with alpha take. */
  private static final long MAX_PIXEL_BYTES = 1L << 26;

  // Adam7: where each pass begins, and how far apart its pixels are.
  private static final int[] LEFT = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] TOP = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] ACROSS = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] DOWN = {8, 8, 8, 4, 4, 2, 2};

  /**
   * @throws FormatException naming {@code file}, if the picture is too large or of no kind that
   *     exists
   */
  static PngHeader parse(Path file, ByteBuffer ihdr) throws FormatException {
    long cols = Integer.toUnsignedLong(ihdr.getInt());
    long rows = Integer.toUnsignedLong(ihdr.getInt());
    int depth = Byte.toUnsignedInt(ihdr.get());
    int colour = Byte.toUnsignedInt(ihdr.get());
    boolean deflate = ihdr.get() == 0;
    boolean filter = ihdr.get() == 0;
    int interlace = Byte.toUnsignedInt(ihdr.get());
    if (!deflate || !filter || interlace > 1 || !exists(depth, colour)) {
      throw new FormatException(file, "its PNG header is damaged; copy or download it again");
    }
    if (rows < 1 || cols < 1 || rows > MAX_SIDE || cols > MAX_SIDE) {
      throw new FormatException(
          file, "is " + cols + "x" + rows + " pixels, 1x1 to 4096x4096 are read; make it smaller");
    }
    PngHeader header = new PngHeader((int) rows, (int) cols, depth, colour, interlace == 1);
    long bytes = rows * header.rowBytes((int) cols);
    if (bytes > MAX_PIXEL_BYTES) {
      throw new FormatException(
          file, "unpacks to " + bytes + " bytes, at most 64 MiB are read; save it with 8-bit grey");
    }
    return header;
  }

  private static boolean exists(int depth, int colour) {
    boolean power = depth > 0 && depth <= 16 && Integer.bitCount(depth) == 1;
    return switch (colour) {
      case GREY -> power;
      case PALETTE -> power && depth <= 8;
      case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  /** Numbers a pixel has. */
  int samples() {
    return switch (colour) {
      case GREY_ALPHA -> 2;
      case RGB -> 3;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  /** The largest sample: 2^depth − 1. */
  int white() {
    return (1 << depth) - 1;
  }

  private long rowBytes(int pixels) {
    return ((long) pixels * samples() * depth + 7) / 8;
  }

  /** Bytes of the rows before they are packed, each with the byte that names its filter. */
  long unpackedBytes() {
    if (!interlaced) {
      return rows * (1 + rowBytes(cols));
    }
    long sum = 0;
    for (int pass = 0; pass < LEFT.length; pass++) {
      int w = Math.max(0, (cols - LEFT[pass] + ACROSS[pass] - 1) / ACROSS[pass]);
      int h = Math.max(0, (rows - TOP[pass] + DOWN[pass] - 1) / DOWN[pass]);
      sum += w == 0 ? 0 : h * (1 + rowBytes(w));
    }
    return sum;
  }
}
