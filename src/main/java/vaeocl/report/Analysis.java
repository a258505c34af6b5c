package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import vaeocl.data.Images;

/**
 * A run as its pictures need it. What is missing is null.
 *
 * @param metrics empty if missing
 * @param layers the decoder's, for the page; null as well if they do not fit the rest
 * @param latent dimensions of z; 0 if nothing says
 * @param rows height of a picture; 0 if nothing says
 * @param notices a line for each part that is missing, saying what is left out for it
 */
record Analysis(
    Settings settings,
    List<EpochRow> metrics,
    Images test,
    Classes classes,
    Latents latents,
    LatentMap map,
    List<Layer> layers,
    Decoder decoder,
    int latent,
    int rows,
    int cols,
    List<String> notices) {

  static Analysis of(RunData data) {
    List<String> notices = new ArrayList<>();
    Settings settings = new Settings(data.config());
    if (data.config() == null) {
      notices.add("no configuration: the page cannot say how the run was made");
    }
    if (data.metrics().isEmpty()) {
      notices.add("no metrics: loss.png, psnr.png and ssim.png are left out");
    }
    if (data.test() == null) {
      notices.add("no test set: reconstructions.png and interpolation.png are left out");
    } else if (data.labels() == null) {
      notices.add("no labels: all points of the map have one colour");
    }
    Classes classes =
        data.labels() == null ? null : Classes.of(data.labels(), settings.className());
    Latents latents = latents(data, notices);
    LatentMap map = latents == null ? null : LatentMap.of(latents, classes);

    List<Layer> layers = layers(data, latents, notices);
    Decoder decoder = data.decoder();
    if (decoder == null && layers != null) {
      decoder = new HostDecoder(layers);
    }
    int latent = settings.integer("latent", 0);
    if (latents != null) {
      latent = latents.size();
    } else if (layers != null) {
      latent = layers.get(0).in();
    }
    int rows = data.test() != null ? data.test().rows() : settings.integer("dataset.height", 0);
    int cols = data.test() != null ? data.test().cols() : settings.integer("dataset.width", 0);
    boolean known = latent > 0 && rows > 0 && cols > 0;
    if (layers != null && (long) rows * cols != layers.get(layers.size() - 1).out()) {
      notices.add(
          "the weights are for pictures of "
              + layers.get(layers.size() - 1).out()
              + " pixels, not "
              + rows
              + "x"
              + cols
              + ": they are left out");
      layers = null;
      decoder = data.decoder();
    }
    if (decoder == null || !known) {
      decoder = null;
      notices.add("no decoder: all pictures that it would draw are left out");
    }
    return new Analysis(
        settings,
        data.metrics(),
        data.test(),
        classes,
        latents,
        map,
        layers,
        decoder,
        latent,
        rows,
        cols,
        notices);
  }

  private static Latents latents(RunData data, List<String> notices) {
    if (data.mu() == null) {
      notices.add("no encoded test set: latent.png and kl.png are left out");
      return null;
    }
    for (float m : data.mu()) {
      if (!Float.isFinite(m)) {
        notices.add("the encoded test set holds " + m + ": latent.png and kl.png are left out");
        return null;
      }
    }
    Latents latents = Latents.of(data.mu(), data.logvar(), data.test().count());
    if (latents.kl() == null) {
      notices.add("no variances: kl.png is left out");
    }
    return latents;
  }

  private static List<Layer> layers(RunData data, Latents latents, List<String> notices) {
    if (data.weights().isEmpty()) {
      notices.add("no weights: the page's explorer cannot decode");
      return null;
    }
    try {
      List<Layer> layers = Layer.decoder(data.weights());
      int latent = layers.get(0).in();
      if (latents != null && latent != latents.size()) {
        throw new IllegalArgumentException(
            "has " + latent + " latent dimensions, the encoded test set " + latents.size());
      }
      return layers;
    } catch (IllegalArgumentException e) {
      notices.add("the model " + e.getMessage() + ": the page's explorer cannot decode");
      return null;
    }
  }

  /** Decodes as {@link Decoder}, each value as a byte. */
  byte[][] decode(float[] z, int count) {
    float[] values = decoder.decode(z, count);
    byte[][] pictures = new byte[count][rows * cols];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < rows * cols; p++) {
        pictures[i][p] = (byte) Math.round(255 * values[i * rows * cols + p]);
      }
    }
    return pictures;
  }

  /** The pixels of a test picture. */
  byte[] picture(int index) {
    byte[] picture = new byte[test.size()];
    System.arraycopy(test.pixels(), index * test.size(), picture, 0, picture.length);
    return picture;
  }
}
