package vaeocl.formats;

import java.util.Arrays;
import java.util.Locale;

/**
 * One grey picture.
 *
 * @param rows its height in pixels
 * @param cols its width in pixels
 * @param pixels rows·cols unsigned bytes, row-major, 0 black to 255 white; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not copied
public record GreyImage(int rows, int cols, byte[] pixels) {

  /**
   * @throws IllegalArgumentException if a dimension is below 1 or they do not fit the pixels
   */
  public GreyImage {
    if (rows < 1 || cols < 1 || (long) rows * cols != pixels.length) {
      throw new IllegalArgumentException(
          rows + "x" + cols + " pixels do not fit " + pixels.length + " bytes");
    }
  }

  /**
   * Pictures of one size side by side, from left to right and then down, with gaps between them.
   *
   * @param pixels N pictures of rows·cols bytes, N at least 1
   * @param columns pictures in a row, at least 1; fewer pictures than that make a narrower sheet
   * @param gap pixels between neighbours, at least 0
   * @param shade of the gaps and of what the last row leaves empty, 0 black to 255 white
   * @throws IllegalArgumentException if a number is outside these limits, the pixels are no whole
   *     pictures, or the sheet would pass 2^31 pixels
   */
  public static GreyImage sheet(
      byte[] pixels, int rows, int cols, int columns, int gap, int shade) {
    long size = (long) rows * cols;
    boolean valid = rows >= 1 && cols >= 1 && columns >= 1 && gap >= 0 && shade >>> 8 == 0;
    if (!valid || pixels.length == 0 || pixels.length % size != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "No sheet of %d bytes in pictures of %dx%d, %d in a row, gap %d, shade %d",
              pixels.length,
              rows,
              cols,
              columns,
              gap,
              shade));
    }
    int count = (int) (pixels.length / size);
    int across = Math.min(columns, count);
    int down = (count + across - 1) / across;
    long width = across * ((long) cols + gap) - gap;
    long height = down * ((long) rows + gap) - gap;
    if (Math.max(width, height) > Integer.MAX_VALUE || width * height > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("A sheet of " + height + "x" + width + " is too large");
    }
    byte[] sheet = new byte[(int) (width * height)];
    Arrays.fill(sheet, (byte) shade);
    for (int i = 0; i < count; i++) {
      for (int y = 0; y < rows; y++) {
        int top = i / across * (rows + gap) + y;
        int left = i % across * (cols + gap);
        int from = (i * rows + y) * cols;
        System.arraycopy(pixels, from, sheet, top * (int) width + left, cols);
      }
    }
    return new GreyImage((int) height, (int) width, sheet);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GreyImage that
        && rows == that.rows
        && cols == that.cols
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "GreyImage[" + rows + "x" + cols + "]";
  }
}
