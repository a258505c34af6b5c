package vaeocl.report;

import java.util.ArrayList;
import java.util.List;
import vaeocl.data.Images;
import vaeocl.formats.GreyImage;
import vaeocl.model.EpochResult;
import vaeocl.model.SavedLayer;
import vaeocl.ops.Activation;

/**
 * A run as its pictures need it. What is missing is null.
 *
 * @param metrics empty if missing
 * @param layers the decoder's, for the page; null as well if they do not fit the rest
 * @param encoder layers from pixels to mu and logvar side by side; null if missing
 * @param latent dimensions of z; 0 if nothing says
 * @param rows height of a picture; 0 if nothing says
 * @param notices a line for each part that is missing, saying what is left out for it
 */
record Analysis(
    Settings settings,
    List<EpochResult> metrics,
    Images test,
    Classes classes,
    Latents latents,
    LatentMap map,
    List<SavedLayer> layers,
    List<SavedLayer> encoder,
    Decoder decoder,
    int latent,
    int rows,
    int cols,
    List<String> notices) {
  /** Beyond these, a few hundred pictures no longer fit into memory. */
  private static final int MOST_LATENTS = 100_000;

  /** Means near 0 and variances near 1 are what training aims at. */
  private static final float DIVERGED = 1e6f;

  private static final long MOST_PIXELS = 1 << 20;

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
      notices.add(
          "no test set: reconstructions.png, extremes.png and interpolations.png are left out");
    }
    Classes classes =
        data.labels() == null ? null : Classes.of(data.labels(), settings.className());
    Latents latents = latents(data, notices);
    LatentMap map = latents == null ? null : LatentMap.of(latents, classes);

    int rows = data.test() != null ? data.test().rows() : settings.integer("dataset.height", 0);
    int cols = data.test() != null ? data.test().cols() : settings.integer("dataset.width", 0);
    List<SavedLayer> layers =
        layers(data, settings.activation(), latents, (long) rows * cols, notices);
    int latent = settings.integer("latent", 0);
    if (latents != null) {
      latent = latents.size();
    } else if (layers != null) {
      latent = layers.get(0).in();
    }
    Decoder decoder = data.decoder();
    if (decoder == null && layers != null) {
      decoder = new HostDecoder(layers);
    }
    boolean known = latent > 0 && rows > 0 && cols > 0;
    if (known && (latent > MOST_LATENTS || (long) rows * cols > MOST_PIXELS)) {
      notices.add("the model is too large to draw: all pictures by its decoder are left out");
      decoder = null;
    } else if (decoder == null || !known) {
      notices.add("no decoder: all pictures that it would draw are left out");
      decoder = null;
    }
    return new Analysis(
        settings,
        data.metrics(),
        data.test(),
        classes,
        latents,
        map,
        layers,
        encoder(data, settings.activation(), latents, rows * cols),
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
      if (!(Math.abs(m) < DIVERGED)) {
        notices.add("the encoded test set holds " + m + ": latent.png and kl.png are left out");
        return null;
      }
    }
    Latents latents = Latents.of(data.mu(), data.logvar(), data.test().count());
    if (latents.kl() == null) {
      notices.add("no finite variances: kl.png is left out");
    }
    return latents;
  }

  private static List<SavedLayer> layers(
      RunData data, Activation f, Latents latents, long pixels, List<String> notices) {
    if (data.weights().isEmpty()) {
      notices.add("no weights: the page's explorer cannot decode");
      return null;
    }
    try {
      List<SavedLayer> layers = SavedLayer.decoder(data.weights(), f);
      int latent = layers.get(0).in();
      if (latents != null && latent != latents.size()) {
        throw new IllegalArgumentException(
            "has " + latent + " latent dimensions, the encoded test set " + latents.size());
      }
      int out = layers.get(layers.size() - 1).out();
      if (out != pixels) {
        String found = pixels == 0 ? "of unknown size" : "of " + pixels;
        throw new IllegalArgumentException("draws " + out + " pixels, the pictures are " + found);
      }
      return layers;
    } catch (IllegalArgumentException e) {
      notices.add("the model " + e.getMessage() + ": the page's explorer cannot decode");
      return null;
    }
  }

  /** Nothing but drawing needs it, so a model without one is no notice. */
  private static List<SavedLayer> encoder(RunData data, Activation f, Latents latents, int pixels) {
    try {
      List<SavedLayer> layers = new ArrayList<>(SavedLayer.encoder(data.weights(), f));
      layers.add(SavedLayer.joined(SavedLayer.heads(data.weights())));
      boolean fits =
          layers.get(0).in() == pixels
              && latents != null
              && layers.get(layers.size() - 1).out() == 2 * latents.size();
      return fits ? List.copyOf(layers) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The variance of a Gaussian likelihood: the one it was trained with last. */
  double variance() {
    double last =
        metrics.isEmpty() ? Double.NaN : metrics.get(metrics.size() - 1).training().variance();
    return last > 0 ? last : 0.5;
  }

  /** Decodes as {@link Decoder}, each value as a byte. */
  byte[][] decode(float[] z, int count) {
    return GreyImage.levels(decoder.decode(z, count), rows * cols);
  }

  /** The pixels of a test picture. */
  byte[] picture(int index) {
    byte[] picture = new byte[test.size()];
    System.arraycopy(test.pixels(), index * test.size(), picture, 0, picture.length);
    return picture;
  }
}
