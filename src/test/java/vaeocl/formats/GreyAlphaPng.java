package vaeocl.formats;

/** PNG files of black with 8-bit alpha, which ImageIO does not write. */
public final class GreyAlphaPng {
  private GreyAlphaPng() {}

  /** A file of black that is as opaque as {@code alpha} says, row-major. */
  public static byte[] of(int cols, int rows, byte[] alpha) {
    int[] samples = new int[2 * alpha.length];
    for (int i = 0; i < alpha.length; i++) {
      samples[2 * i + 1] = alpha[i] & 0xff;
    }
    return new PngBytes()
        .header(cols, rows, 8, PngHeader.GREY_ALPHA, 0)
        .chunk("IDAT", PngBytes.deflate(PngBytes.rows(samples, cols, rows, 8, 4, false)))
        .end();
  }
}
