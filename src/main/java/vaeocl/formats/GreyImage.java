package vaeocl.formats;

import java.util.Arrays;

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
   * Values as grey levels, ⌊255·v + ½⌋.
   *
   * @param values pictures one after the other, 0 black to 1 white; what lies outside is cut off
   * @param size pixels of a picture
   * @return [values / size][size]
   */
  public static byte[][] levels(float[] values, int size) {
    byte[][] pictures = new byte[values.length / size][size];
    for (int i = 0; i < pictures.length * size; i++) {
      float level = 255 * Math.min(1, Math.max(0, values[i]));
      pictures[i / size][i % size] = (byte) Math.round(level);
    }
    return pictures;
  }

  /**
   * The same picture in another size, stretched where it has other proportions: each pixel is the
   * mean of what it covers.
   */
  public GreyImage scaled(int toRows, int toCols) {
    if (toRows == rows && toCols == cols) {
      return this;
    }
    double[] across = new double[rows * toCols];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < toCols; x++) {
        double from = (double) x * cols / toCols;
        double to = (double) (x + 1) * cols / toCols;
        for (int i = (int) from; i < Math.min(cols, Math.ceil(to)); i++) {
          double covered = (Math.min(to, i + 1) - Math.max(from, i)) / (to - from);
          across[y * toCols + x] += covered * (pixels[y * cols + i] & 0xff);
        }
      }
    }
    byte[] scaled = new byte[toRows * toCols];
    for (int y = 0; y < toRows; y++) {
      double from = (double) y * rows / toRows;
      double to = (double) (y + 1) * rows / toRows;
      for (int x = 0; x < toCols; x++) {
        double sum = 0;
        for (int i = (int) from; i < Math.min(rows, Math.ceil(to)); i++) {
          double covered = (Math.min(to, i + 1) - Math.max(from, i)) / (to - from);
          sum += covered * across[i * toCols + x];
        }
        scaled[y * toCols + x] = (byte) Math.round(sum);
      }
    }
    return new GreyImage(toRows, toCols, scaled);
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
