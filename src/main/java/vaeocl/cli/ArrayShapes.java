package vaeocl.cli;

import java.nio.file.Path;
import java.util.Arrays;
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
  /** How far interpolation may have led out of [0, 1]. */
  private static final float OVERSHOOT = 0.25f;

  /** So many standard deviations below their mean no images begin. */
  private static final float STANDARDISED = 10;

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
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float pixel : pixels) {
      least = Math.min(least, pixel);
      greatest = Math.max(greatest, pixel);
    }
    if (least < 0 || greatest > 1) {
      throw new FormatException(
          file,
          "holds values from %s to %s; pixels have to be in [0, 1], or integers in 0..255: %s"
              .formatted(least, greatest, remedy(least, greatest)));
    }
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

  /** How values of this range most likely came about, undone. */
  private static String remedy(float least, float greatest) {
    if (least >= 0) {
      return greatest <= 255 ? "divide bytes by 255" : "divide by what white is, such as 65535";
    }
    if (least >= -OVERSHOOT && greatest <= 1 + OVERSHOOT) {
      return "if they come from resizing, use np.clip(x, 0, 1)";
    }
    if (least >= -1 && greatest <= 1) {
      return "if they are in [-1, 1], use (x + 1) / 2";
    }
    if (least < -STANDARDISED) {
      return "use (x - black) / (white - black)";
    }
    return "if they were standardised, use x * std + mean, with the std and mean that were used";
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
