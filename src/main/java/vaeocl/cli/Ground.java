package vaeocl.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import vaeocl.model.Rows;
import vaeocl.model.SavedLayer;
import vaeocl.model.SavedModel;
import vaeocl.report.HostDecoder;

/**
 * What lies behind the ink: black on white is nonsense to a model of white on black. An image's
 * ground is the mean of its border; a model's is that of the image at z = 0, the prior's mean.
 *
 * @param border its grey, 0 black to 1 white
 */
record Ground(double border) {
  /** A model's ground is darker than this, or as far from white, or not to be told. */
  private static final double SURE = 1.0 / 3;

  /** What is bright all over has no ground that is brighter than its ink. */
  private static final double INK = 1e-3;

  /** The ground that the model draws: files of PyTorch too say no other. */
  static Ground of(SavedModel model) {
    List<SavedLayer> layers = SavedLayer.decoder(model.weights(), model.config().activation());
    float[] image = new HostDecoder(layers).decode(new float[model.config().latent()], 1);
    return new Ground(border(image, model));
  }

  /**
   * Inverts what the user names where its ground is not the model's, and says so; says which images
   * are blank.
   *
   * @param names one for each image, which is then looked at by itself, or one for all together
   * @param invert whether the user wants it; null to decide here
   */
  static Rows match(
      Rows images, List<String> names, SavedModel model, Boolean invert, PrintWriter err) {
    warnOfBlank(images, names, err);
    if (invert != null) {
      return invert ? images.inverted(i -> true) : images;
    }
    Ground ground = of(model);
    int each = images.count() / names.size();
    int[] others =
        IntStream.range(0, names.size())
            .filter(i -> ground.isOther(images, i * each, each, model))
            .toArray();
    if (others.length == 0) {
      return images;
    }
    warn(
        err,
        "%d of %d images inverted, since their ground is %s: %s%s; --no-invert takes them as they"
            + " are",
        others.length * each,
        images.count(),
        ground.difference(),
        names.get(others[0]),
        others.length == 1 ? "" : " …");
    return images.inverted(i -> Arrays.binarySearch(others, i / each) >= 0);
  }

  /** Says where the ground of images, all together, is not the model's. */
  static void compare(Rows images, SavedModel model, PrintWriter err) {
    Ground ground = of(model);
    if (ground.isOther(images, 0, images.count(), model)) {
      warn(
          err,
          "the ground of these images is %s: the results mean little; invert the images (encode"
              + " and reconstruct do it)",
          ground.difference());
    }
  }

  /** Whether {@code count} images, ink on a ground, have the opposite of this model's. */
  private boolean isOther(Rows images, int first, int count, SavedModel model) {
    double mean = 0;
    double edge = 0;
    float[] image = new float[images.width()];
    for (int i = first; i < first + count; i++) {
      images.copy(i, 1, image);
      edge += border(image, model) / count;
      mean +=
          IntStream.range(0, image.length).mapToDouble(p -> image[p]).average().orElse(0) / count;
    }
    return border < SURE
        ? edge > 0.5 && edge - mean > INK
        : border > 1 - SURE && edge < 0.5 && mean - edge > INK;
  }

  private String difference() {
    return border < SURE ? "bright and the model's dark" : "dark and the model's bright";
  }

  private static double border(float[] image, SavedModel model) {
    int width = model.width();
    int height = model.height();
    return IntStream.range(0, image.length)
        .filter(
            p ->
                p / width == 0
                    || p / width == height - 1
                    || p % width == 0
                    || p % width == width - 1)
        .mapToDouble(p -> image[p])
        .average()
        .orElse(0);
  }

  private static void warnOfBlank(Rows images, List<String> names, PrintWriter err) {
    float[] image = new float[images.width()];
    int[] blank =
        IntStream.range(0, images.count())
            .filter(
                i -> {
                  images.copy(i, 1, image);
                  return IntStream.range(1, image.length).allMatch(p -> image[p] == image[0]);
                })
            .toArray();
    if (blank.length > 0) {
      int first = blank[0];
      warn(
          err,
          "%d of %d images without ink, all pixels the same: %s%s",
          blank.length,
          images.count(),
          names.size() == images.count()
              ? names.get(first)
              : names.get(0) + ", image " + first + " counted from 0",
          blank.length == 1 ? "" : " …");
    }
  }

  private static void warn(PrintWriter err, String line, Object... values) {
    err.println("vae-ocl: warning: " + String.format(Locale.ROOT, line, values));
    err.flush();
  }
}
