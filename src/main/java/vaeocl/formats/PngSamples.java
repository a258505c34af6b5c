package vaeocl.formats;

/**
 * What PNG samples mean in grey: luma 0.299·R + 0.587·G + 0.114·B, mixed with a ground where it is
 * transparent, scaled to 0..255 and rounded.
 */
final class PngSamples {
  private static final int BYTE = 255;

  private final PngHeader header;
  private final byte[] transparency;
  private final byte[] palette;

  /** The largest sample that a colour or alpha has. */
  private final int white;

  PngSamples(PngHeader header, PngChunks chunks) {
    this.header = header;
    transparency = chunks.transparency();
    palette = chunks.palette();
    white = header.colour() == PngHeader.PALETTE ? BYTE : header.white();
  }

  /** Colours of the palette; samples from here on have none. */
  int colours() {
    return palette.length / 3;
  }

  /**
   * The grey of one pixel.
   *
   * @param s its samples from {@code at} on, in the file's depth
   * @param ground what lies behind it, 0 black to 255 white
   */
  byte grey(int[] s, int at, int ground) {
    long alpha = alpha(s, at);
    long scale = 1000L * white * white;
    long sum = luma(s, at) * alpha * BYTE + (white - alpha) * 1000 * white * ground;
    return (byte) ((sum + scale / 2) / scale);
  }

  /** What one pixel draws: its luma above the middle, or below 0, as far as it is opaque. */
  double ink(int[] s, int at) {
    return (luma(s, at) / (1000.0 * white) - 0.5) * alpha(s, at) / white;
  }

  /** 0 … 1000·white. */
  private long luma(int[] s, int at) {
    return switch (header.colour()) {
      case PngHeader.PALETTE ->
          luma(colour(3 * s[at]), colour(3 * s[at] + 1), colour(3 * s[at] + 2));
      case PngHeader.GREY, PngHeader.GREY_ALPHA -> 1000L * s[at];
      default -> luma(s[at], s[at + 1], s[at + 2]);
    };
  }

  /** The grey of an opaque colour of bytes. */
  static int grey(int r, int g, int b) {
    return (int) ((luma(r, g, b) + 500) / 1000);
  }

  private static long luma(int r, int g, int b) {
    return 299L * r + 587L * g + 114L * b;
  }

  private int colour(int at) {
    return palette[at] & 0xff;
  }

  /** 0 transparent … white opaque. */
  private int alpha(int[] s, int at) {
    return switch (header.colour()) {
      case PngHeader.PALETTE -> s[at] < transparency.length ? transparency[s[at]] & 0xff : white;
      case PngHeader.GREY -> isKey(s, at, 1) ? 0 : white;
      case PngHeader.GREY_ALPHA -> s[at + 1];
      case PngHeader.RGB -> isKey(s, at, 3) ? 0 : white;
      default -> s[at + 3];
    };
  }

  /** Whether a pixel without alpha has exactly the colour that tRNS calls transparent. */
  private boolean isKey(int[] s, int at, int samples) {
    boolean same = transparency.length == 2 * samples;
    for (int i = 0; same && i < samples; i++) {
      int key = (transparency[2 * i] & 0xff) << 8 | (transparency[2 * i + 1] & 0xff);
      same = s[at + i] == (key & header.white());
    }
    return same;
  }
}
