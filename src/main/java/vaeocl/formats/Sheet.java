package vaeocl.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How pictures of one size stand side by side: from left to right, then down, with gaps between.
 *
 * @param rows height of a picture in pixels
 * @param cols width of a picture in pixels
 * @param columns pictures in a row; fewer pictures than that make a narrower sheet
 * @param zoom pixels of the sheet for each of a picture, across and down
 * @param across pixels before column i, for i from 1
 * @param down pixels before row i, for i from 1
 * @param shade of the gaps and of what the last row leaves empty, 0 black to 255 white
 */
public record Sheet(
    int rows,
    int cols,
    int columns,
    int zoom,
    IntUnaryOperator across,
    IntUnaryOperator down,
    int shade) {

  /**
   * @throws IllegalArgumentException if a size or the zoom is below 1, or the shade no byte
   */
  public Sheet {
    if (Math.min(Math.min(rows, cols), Math.min(columns, zoom)) < 1 || shade >>> 8 != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "No sheet of pictures of %dx%d, zoom %d, %d in a row, shade %d",
              rows,
              cols,
              zoom,
              columns,
              shade));
    }
  }

  /** Pictures as they are, the same gap everywhere. */
  public static Sheet even(int rows, int cols, int columns, int gap, int shade) {
    return new Sheet(rows, cols, columns, 1, i -> gap, i -> gap, shade);
  }

  /**
   * Lays pictures out.
   *
   * @param pictures at least one, each of rows·cols pixels
   * @throws IllegalArgumentException as {@link #of(int, IntFunction)}
   */
  public GreyImage of(byte[][] pictures) {
    return of(pictures.length, i -> pictures[i]);
  }

  /**
   * Lays pictures out that are made one by one.
   *
   * @param pictures picture 0 … count − 1, each of rows·cols pixels
   * @throws IllegalArgumentException if there is none, one is of another size, a gap is below 0, or
   *     the sheet would pass 2^31 pixels
   */
  public GreyImage of(int count, IntFunction<byte[]> pictures) {
    int wide = Math.min(columns, count);
    long[] x = starts(wide, (long) cols * zoom, across);
    long[] y = starts((count + columns - 1) / columns, (long) rows * zoom, down);
    long width = x[x.length - 1];
    long height = y[y.length - 1];
    if (count == 0 || width > Integer.MAX_VALUE || width * height > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A sheet of " + count + " pictures, " + height + "x" + width + " pixels");
    }
    byte[] sheet = new byte[(int) (width * height)];
    Arrays.fill(sheet, (byte) shade);
    for (int i = 0; i < count; i++) {
      byte[] picture = pictures.apply(i);
      if (picture.length != rows * cols) {
        throw new IllegalArgumentException(
            "Picture " + i + " has " + picture.length + " pixels, not " + rows + "x" + cols);
      }
      put(picture, sheet, (int) (y[i / wide] * width + x[i % wide]), (int) width);
    }
    return new GreyImage((int) height, (int) width, sheet);
  }

  /** Where each row or column begins, and behind them where the last one ends. */
  private static long[] starts(int count, long size, IntUnaryOperator gap) {
    long[] starts = new long[count + 1];
    for (int i = 1; i <= count; i++) {
      int before = i < count ? gap.applyAsInt(i) : 0;
      if (before < 0) {
        throw new IllegalArgumentException("A gap of " + before + " pixels");
      }
      starts[i] = starts[i - 1] + size + before;
    }
    return starts;
  }

  private void put(byte[] picture, byte[] sheet, int at, int width) {
    for (int y = 0; y < rows * zoom; y++) {
      for (int x = 0; x < cols * zoom; x++) {
        sheet[at + y * width + x] = picture[y / zoom * cols + x / zoom];
      }
    }
  }
}
