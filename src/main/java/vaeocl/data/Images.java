package vaeocl.data;

import java.util.Arrays;

/**
 * Grey pictures, one byte a pixel: 0 is background, 255 full ink.
 *
 * @param count the number of pictures, at least 1
 * @param rows the height of each, in pixels
 * @param cols the width of each, in pixels
 * @param pixels count·rows·cols unsigned bytes, picture by picture, row-major; shared rather than
 *     copied (47 MB), so nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, see above
public record Images(int count, int rows, int cols, byte[] pixels) {

  /**
   * @throws IllegalArgumentException if a dimension is below 1 or they do not fit the pixels
   */
  public Images {
    long size = (long) rows * cols;
    boolean valid = count >= 1 && rows >= 1 && cols >= 1 && size <= Integer.MAX_VALUE;
    if (!valid || count * size != pixels.length) {
      throw new IllegalArgumentException(
          count + "x" + rows + "x" + cols + " images do not fit " + pixels.length + " bytes");
    }
  }

  /** Pixels of one picture: rows·cols. */
  public int size() {
    return rows * cols;
  }

  /** Whether every pixel is 0 or 255. */
  public boolean binary() {
    for (byte pixel : pixels) {
      if (pixel != 0 && pixel != (byte) 255) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Images that
        && count == that.count
        && rows == that.rows
        && cols == that.cols
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * count + rows) + cols) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "Images[" + count + "x" + rows + "x" + cols + "]";
  }
}
