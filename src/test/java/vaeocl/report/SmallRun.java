package vaeocl.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;

/** Runs for tests: built-in digits, random weights, means that lie apart by digit. */
final class SmallRun {
  static final int HIDDEN = 12;

  private SmallRun() {}

  /** A run with every part. */
  static RunData of(int latent, int images) {
    Dataset digits = Digits.draw(1, images, 3);
    return of(config(latent), digits.test(), digits.testLabels(), latent);
  }

  static RunData of(ObjectNode config, Images test, byte[] labels, int latent) {
    float[] mu = new float[test.count() * latent];
    float[] logvar = new float[mu.length];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < mu.length; i++) {
      double angle = (labels[i / latent] & 0xff) * 0.7 + i % latent;
      mu[i] = (float) (1.5 * Math.sin(angle) + random.nextDouble() - 0.5);
      logvar[i] = (float) (-2 + random.nextDouble());
    }
    Map<String, FloatArray> weights = weights(latent, HIDDEN, test.size());
    return new RunData(config, metrics(5), test, labels, mu, logvar, weights, null);
  }

  static ObjectNode config(int latent) {
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.put("version", "0.1.0").put("epochs", 5).put("batch_size", 128);
    config.put("learning_rate", 0.001).put("beta", 1.0).put("latent", latent);
    config.put("hidden", HIDDEN).put("seed", 1);
    config.putObject("dataset").put("name", "digits").put("sha256", "0123abcd".repeat(8));
    config.putObject("device").put("name", "A device").put("driver", "x".repeat(200));
    return config;
  }

  static List<EpochResult> metrics(int epochs) {
    List<EpochResult> rows = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      double falling = 1.0 / e;
      rows.add(
          new EpochResult(
              e,
              new EpochLoss(
                  40 + 9 * falling, 36 + 10 * falling, 4 - falling, 0, 1, Double.NaN, 1.1),
              new Figures(0.05, 14 - falling, 0.5 - falling / 10),
              new Figures(0.04, 14.2 - falling, 0.51 - falling / 10),
              Double.NaN,
              0.14));
    }
    return rows;
  }

  /** Decoder weights strong enough that its pictures differ from each other. */
  static Map<String, FloatArray> weights(int latent, int hidden, int pixels) {
    Map<String, FloatArray> weights = new LinkedHashMap<>();
    put(weights, "fc3", latent, hidden);
    put(weights, "fc4", hidden, pixels);
    return weights;
  }

  static void put(Map<String, FloatArray> weights, String name, int in, int out) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] w = new float[out * in];
    float[] b = new float[out];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (2 * (2 * random.nextDouble() - 1));
    }
    for (int i = 0; i < out; i++) {
      b[i] = (float) (random.nextDouble() - 0.5);
    }
    weights.put(name + ".weight", new FloatArray(new int[] {out, in}, w));
    weights.put(name + ".bias", new FloatArray(new int[] {out}, b));
  }
}
