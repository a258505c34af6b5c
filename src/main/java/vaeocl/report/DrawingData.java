package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import vaeocl.model.SavedLayer;

/**
 * What the page needs to encode a picture that is drawn into it, and to say whether the model knows
 * its like.
 */
final class DrawingData {
  /** Pictures below this height or width are too coarse to draw. */
  private static final int SMALLEST = 14;

  /** Products that measuring may take: a second or two. */
  private static final double WORK = 4e9;

  private static final int CHUNK = 500;
  private static final int MOST_DECODED = 2500;
  private static final int QUANTILES = 100;

  private final Analysis run;
  private final List<ByteLayer> layers;

  private DrawingData(Analysis run) {
    this.run = run;
    layers = run.encoder().stream().map(ByteLayer::of).toList();
  }

  /** Null where there is nothing to draw into: no encoder, no codes, or pictures too small. */
  static DrawingData of(Analysis run) {
    boolean whole = run.encoder() != null && run.layers() != null && run.latents() != null;
    boolean large = Math.min(run.rows(), run.cols()) >= SMALLEST;
    return whole && large && run.latents().logvar() != null ? new DrawingData(run) : null;
  }

  /** Characters that {@link #put} takes, about. */
  long length() {
    return layers.stream().mapToLong(ByteLayer::length).sum() + 5000;
  }

  /**
   * @param embedded numbers of the test pictures on the page
   */
  void put(ObjectNode node, int[] embedded) {
    ArrayNode array = node.putArray("layers");
    layers.forEach(layer -> layer.put(array.addObject()));
    double[] error = error(embedded);
    node.put("error", error[0]).put("meanError", error[1]).put("errorCount", (int) error[2]);
    node.put("binary", run.test().binary());
    Settings settings = run.settings();
    node.put("digits", settings.className().equals("digit"));
    if (settings.centred()) {
      InkShape shape = InkShape.of(run.test());
      node.put("box", shape.box()).putArray("centre").add(shape.x()).add(shape.y());
    }
    PixelLoss loss = PixelLoss.of(settings.likelihood(), run.test().size(), run.variance());
    node.put("likelihood", loss.likelihood().name());
    node.put("weight", loss.weight()).put("constant", loss.constant());
    node.put("samples", !settings.autoencoder());
    int[] decoded = chosen(run.test().count(), run.layers(), MOST_DECODED);
    node.put("quantileCount", decoded.length);
    ArrayNode quantiles = node.putArray("quantiles");
    Arrays.stream(quantiles(loss, decoded)).forEach(quantiles::add);
  }

  /** Evenly chosen numbers below {@code all}, as many as work allows. */
  private static int[] chosen(int all, List<SavedLayer> net, int most) {
    double each = net.stream().mapToDouble(l -> (double) l.in() * l.out()).sum();
    int count = (int) Math.min(Math.min(all, most), Math.max(200, WORK / each));
    int[] chosen = new int[count];
    Arrays.setAll(chosen, n -> (int) ((long) n * all / count));
    return chosen;
  }

  /** How far 8 bits move mu: {the most in any dimension, the mean, pictures that were measured}. */
  private double[] error(int[] embedded) {
    List<SavedLayer> unpacked = layers.stream().map(ByteLayer::unpacked).toList();
    int[] tried = chosen(embedded.length, unpacked, embedded.length);
    int latent = run.latent();
    double most = 0;
    double sum = 0;
    for (int first = 0; first < tried.length; first += CHUNK) {
      int count = Math.min(CHUNK, tried.length - first);
      float[] x = new float[count * run.test().size()];
      for (int n = 0; n < count; n++) {
        byte[] picture = run.picture(embedded[tried[first + n]]);
        for (int p = 0; p < picture.length; p++) {
          x[n * picture.length + p] = (picture[p] & 0xff) / 255f;
        }
      }
      float[] codes = HostNet.forward(unpacked, x, count);
      for (int n = 0; n < count; n++) {
        float[] mu = run.latents().row(embedded[tried[first + n]]);
        for (int d = 0; d < latent; d++) {
          double off = Math.abs((double) codes[n * 2 * latent + d] - mu[d]);
          most = Math.max(most, off);
          sum += off;
        }
      }
    }
    return new double[] {roundedUp(most), sum / tried.length / latent, tried.length};
  }

  /** To two digits, and never below: it is a bound. */
  private static double roundedUp(double value) {
    MathContext digits = new MathContext(2, RoundingMode.UP);
    return Double.isFinite(value) ? new BigDecimal(value).round(digits).doubleValue() : value;
  }

  /** The test pictures' ELBO with z = mu at 0 %, 1 % … 100 % of them, rising. */
  private double[] quantiles(PixelLoss loss, int[] tried) {
    int pixels = run.test().size();
    double[] elbo = new double[tried.length];
    for (int first = 0; first < tried.length; first += CHUNK) {
      int count = Math.min(CHUNK, tried.length - first);
      float[] z = new float[count * run.latent()];
      for (int n = 0; n < count; n++) {
        float[] row = run.latents().row(tried[first + n]);
        System.arraycopy(row, 0, z, n * row.length, row.length);
      }
      float[] recon = run.decoder().decode(z, count);
      for (int n = 0; n < count; n++) {
        int i = tried[first + n];
        double kl = run.settings().autoencoder() ? 0 : run.latents().kl(i);
        elbo[first + n] = -kl - loss.of(recon, run.test().pixels(), pixels, n * pixels, i * pixels);
      }
    }
    Arrays.sort(elbo);
    double[] quantiles = new double[QUANTILES + 1];
    Arrays.setAll(quantiles, q -> elbo[(int) Math.round((elbo.length - 1.0) * q / QUANTILES)]);
    return quantiles;
  }
}
