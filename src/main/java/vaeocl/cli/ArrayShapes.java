package vaeocl.cli;

import java.nio.file.Path;
import java.util.Arrays;
import vaeocl.data.GreyLevels;
import vaeocl.data.Images;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.NumberArray;
import vaeocl.model.Codec;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** What arrays from files have to look like, and the arrays that commands write. */
final class ArrayShapes {
  private ArrayShapes() {}

  /**
   * Pixels of images.
   *
   * @param array [N, height, width] or [N, pixels], or a single image, also with dimensions of one
   *     such as a channel; floats in [0, 1], or bytes
   * @return [N, pixels] in [0, 1]
   */
  static Rows pixels(Path file, NumberArray array, SavedModel model) throws FormatException {
    int size = model.height() * model.width();
    int[] shape = array.shape();
    int[] each = Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
    if (!isImage(shape, model) && !isImage(each, model)) {
      throw new FormatException(
          file,
          "has shape %s; images for this model are (N, %d, %d)"
              .formatted(NumberArray.describe(shape), model.height(), model.width()));
    }
    if (array instanceof ByteArray bytes) {
      int count = bytes.values().length / size;
      return Rows.of(new Images(count, model.height(), model.width(), bytes.values()));
    }
    float[] pixels = ((FloatArray) array).values();
    GreyLevels.requireUnit(file, pixels);
    return Rows.of(pixels, size);
  }

  /** Whether a shape is an image's or a row's of pixels, dimensions of one apart. */
  private static boolean isImage(int[] shape, SavedModel model) {
    int[] dims = squeezed(shape);
    return Arrays.equals(dims, squeezed(model.height(), model.width()))
        || Arrays.equals(dims, squeezed(model.height() * model.width()));
  }

  private static int[] squeezed(int... shape) {
    return Arrays.stream(shape).filter(dim -> dim > 1).toArray();
  }

  /**
   * Points of the latent space.
   *
   * @param array [N, 2, latent], of which mu is taken, or [N, latent], or one point
   * @return [N, latent]
   */
  static Rows points(Path file, FloatArray array, SavedModel model) throws FormatException {
    int latent = model.config().latent();
    int[] shape = array.shape();
    int n = shape.length;
    if (n == 3 && shape[1] == 2 && shape[2] == latent) {
      return Rows.of(Codec.mu(array.values(), latent), latent);
    }
    if ((n == 1 || n == 2) && shape[n - 1] == latent) {
      return Rows.of(array.values(), latent);
    }
    throw new FormatException(
        file,
        "has shape %s; codes for this model are (N, 2, %d), mu and logvar, or (N, %d)"
            .formatted(NumberArray.describe(shape), latent, latent));
  }

  /** Images as [N, height, width]. */
  static FloatArray images(float[] pixels, SavedModel model) {
    int size = model.height() * model.width();
    return new FloatArray(new int[] {pixels.length / size, model.height(), model.width()}, pixels);
  }

  /** Codes as [N, 2, latent]. */
  static FloatArray codes(float[] heads, SavedModel model) {
    int latent = model.config().latent();
    return new FloatArray(new int[] {heads.length / (2 * latent), 2, latent}, heads);
  }
}
