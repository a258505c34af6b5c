package vaeocl.api;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;
import vaeocl.formats.Sheet;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** Grey images of one size, which nobody changes, with labels or without. */
public final class Images {
  private static final int GAP = 2;
  private static final int SHADE = 96;

  private final Rows rows;
  private final int height;
  private final int width;
  private final byte[] labels;

  private Images(Rows rows, int height, int width, byte[] labels) {
    if (rows.width() != height * width) {
      throw new RequestException(
          "rows of %d pixels are no images of %dx%d".formatted(rows.width(), height, width));
    }
    this.rows = rows;
    this.height = height;
    this.width = width;
    this.labels = labels;
  }

  /**
   * Images from bytes.
   *
   * @param pixels [N, height, width], unsigned: 0 black to 255 white; copied
   * @param height of an image, in pixels
   * @param width of an image, in pixels
   * @return N images
   * @throws IllegalArgumentException if the pixels are no whole images
   */
  public static Images of(byte[] pixels, int height, int width) {
    int count = pixels.length / Math.max(1, height * width);
    return of(new vaeocl.data.Images(count, height, width, pixels.clone()), null);
  }

  /**
   * Images from numbers.
   *
   * @param pixels [N][height·width], 0 black to 1 white; copied
   * @param height of an image, in pixels
   * @param width of an image, in pixels
   * @return N images
   * @throws RequestException if an image is of another size, or a pixel is not in [0, 1]
   */
  public static Images of(float[][] pixels, int height, int width) {
    int size = height * width;
    float[] all = new float[Math.multiplyExact(pixels.length, size)];
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i].length != size) {
        throw new RequestException(
            "image %d has %d pixels, not %dx%d".formatted(i, pixels[i].length, height, width));
      }
      for (int p = 0; p < size; p++) {
        if (!(pixels[i][p] >= 0 && pixels[i][p] <= 1)) {
          throw new RequestException(
              "image %d has a pixel of %s; pixels are in [0, 1]".formatted(i, pixels[i][p]));
        }
        all[i * size + p] = pixels[i][p];
      }
    }
    return new Images(Rows.of(all, size), height, width, null);
  }

  /**
   * A part of a data set.
   *
   * @param images bytes, not copied
   * @param labels the class of each, an unsigned byte, not copied; or null
   * @return the same
   */
  public static Images of(vaeocl.data.Images images, byte[] labels) {
    return new Images(Rows.of(images), images.rows(), images.cols(), labels);
  }

  /**
   * Rows that are images of a model's size.
   *
   * @param rows [N, height·width] in [0, 1]; not copied
   * @param model which says height and width
   * @return N images
   */
  public static Images of(Rows rows, SavedModel model) {
    return new Images(rows, model.height(), model.width(), null);
  }

  /**
   * How many there are.
   *
   * @return N
   */
  public int count() {
    return rows.count();
  }

  /**
   * Height of an image.
   *
   * @return in pixels
   */
  public int height() {
    return height;
  }

  /**
   * Width of an image.
   *
   * @return in pixels
   */
  public int width() {
    return width;
  }

  /**
   * All pixels.
   *
   * @return [N, height, width] in [0, 1], a copy
   */
  public float[] pixels() {
    return rows.all();
  }

  /**
   * An image's pixels.
   *
   * @param i its number, from 0
   * @return [height, width] in [0, 1], a copy
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public float[] pixels(int i) {
    return part(i, 1).pixels();
  }

  /**
   * An image's class.
   *
   * @param i its number, from 0
   * @return 0 to 255; empty where there are no labels
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public OptionalInt label(int i) {
    return labels == null ? OptionalInt.empty() : OptionalInt.of(labels[i] & 0xff);
  }

  /**
   * Some of the images.
   *
   * @param first number of the first one, from 0
   * @param count how many
   * @return these alone
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public Images part(int first, int count) {
    Objects.checkFromIndexSize(first, count, count());
    byte[] some = labels == null ? null : Arrays.copyOfRange(labels, first, first + count);
    return new Images(rows.part(first, count), height, width, some);
  }

  /**
   * The images side by side, from left to right, then down.
   *
   * @param columns images in a row
   * @return a grey picture to look at
   * @throws IllegalArgumentException if there is no image, or no column
   */
  public BufferedImage sheet(int columns) {
    GreyImage sheet = greySheet(columns);
    BufferedImage image =
        new BufferedImage(sheet.cols(), sheet.rows(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, sheet.cols(), sheet.rows(), sheet.pixels());
    return image;
  }

  /**
   * Writes {@link #sheet} as a file.
   *
   * @param png ends in .png; replaced whole where it is there
   * @param columns images in a row
   * @throws IOException if it cannot be written
   */
  public void write(Path png, int columns) throws IOException {
    Png.write(png, greySheet(columns));
  }

  private GreyImage greySheet(int columns) {
    return Sheet.even(height, width, columns, GAP, SHADE)
        .of(GreyImage.levels(pixels(), height * width));
  }

  /**
   * The images, to be read a few at a time.
   *
   * @return [N, height·width] in [0, 1]
   */
  public Rows rows() {
    return rows;
  }

  /**
   * The images as bytes.
   *
   * @return [N, height, width], 0 to 255, to which other values are rounded
   */
  public vaeocl.data.Images levels() {
    byte[] all = new byte[Math.multiplyExact(count(), height * width)];
    byte[][] each = GreyImage.levels(pixels(), height * width);
    for (int i = 0; i < each.length; i++) {
      System.arraycopy(each[i], 0, all, i * height * width, each[i].length);
    }
    return new vaeocl.data.Images(count(), height, width, all);
  }

  /** One unsigned byte each, not copied; null where there are none. */
  byte[] labels() {
    return labels;
  }

  @Override
  public String toString() {
    return "Images[%dx%dx%d]".formatted(count(), height, width);
  }
}
