package vaeocl.formats;

/**
 * What PNG samples mean in grey: luma 0.299·R + 0.587·G + 0.114·B, shown on black where it is
 * transparent, scaled to 0..255 and rounded.
 */
final class PngSamples {
  private static final int OPAQUE = 255;

  private final PngHeader header;
  private final byte[] transparency;

  /** The grey of each palette colour. */
  private final byte[] colours;

  PngSamples(PngHeader header, PngChunks chunks) {
    this.header = header;
    transparency = chunks.transparency();
    byte[] palette = chunks.palette();
    colours = new byte[header.colour() == PngHeader.PALETTE ? palette.length / 3 : 0];
    for (int i = 0; i < colours.length; i++) {
      int alpha = i < transparency.length ? transparency[i] & 0xff : OPAQUE;
      int r = palette[3 * i] & 0xff;
      int g = palette[3 * i + 1] & 0xff;
      int b = palette[3 * i + 2] & 0xff;
      colours[i] = grey(r, g, b, alpha, OPAQUE);
    }
  }

  /** Colours of the palette; samples from here on have none. */
  int colours() {
    return colours.length;
  }

  /**
   * The grey of one pixel.
   *
   * @param s its samples from {@code at} on, in the file's depth
   */
  byte grey(int[] s, int at) {
    int white = header.white();
    return switch (header.colour()) {
      case PngHeader.PALETTE -> colours[s[at]];
      case PngHeader.GREY -> grey(s[at], s[at], s[at], isKey(s, at, 1) ? 0 : white, white);
      case PngHeader.GREY_ALPHA -> grey(s[at], s[at], s[at], s[at + 1], white);
      case PngHeader.RGB -> grey(s[at], s[at + 1], s[at + 2], isKey(s, at, 3) ? 0 : white, white);
      default -> grey(s[at], s[at + 1], s[at + 2], s[at + 3], white);
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

  /** Samples and alpha of 0..white to 0..255. */
  private static byte grey(int r, int g, int b, int alpha, int white) {
    long luma = 299L * r + 587L * g + 114L * b;
    long scale = 1000L * white * white;
    return (byte) ((luma * alpha * 255 + scale / 2) / scale);
  }
}
