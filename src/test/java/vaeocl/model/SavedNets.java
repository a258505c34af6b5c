package vaeocl.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import vaeocl.formats.FloatArray;
import vaeocl.ops.Activation;

/** Random nets as files hold them, and what they compute, in double precision. */
public final class SavedNets {
  private SavedNets() {}

  /** A model of random weights, by the names that README gives. */
  public static SavedModel model(int height, int width, int latent, Integer... hidden) {
    VaeConfig config = VaeConfig.DEFAULT.with(Map.of("hidden", List.of(hidden), "latent", latent));
    Map<String, FloatArray> weights = weights(height * width, latent, List.of(hidden));
    return new SavedModel(config, height, width, weights, Map.of());
  }

  /** Random weights: fc1 … fc4 with one hidden layer, encoder.0 … with more. */
  static Map<String, FloatArray> weights(int pixels, int latent, List<Integer> hidden) {
    boolean one = hidden.size() == 1;
    Random random = new Random(pixels + 31L * hidden.hashCode() + 961L * latent);
    Map<String, FloatArray> weights = new LinkedHashMap<>();
    int in = pixels;
    for (int i = 0; i < hidden.size(); i++) {
      layer(weights, one ? "fc1" : "encoder." + i, in, hidden.get(i), random);
      in = hidden.get(i);
    }
    layer(weights, one ? "fc21" : "mu", in, latent, random);
    layer(weights, one ? "fc22" : "logvar", in, latent, random);
    List<Integer> mirrored = new ArrayList<>(hidden);
    Collections.reverse(mirrored);
    in = latent;
    for (int i = 0; i < hidden.size(); i++) {
      layer(weights, one ? "fc3" : "decoder." + i, in, mirrored.get(i), random);
      in = mirrored.get(i);
    }
    layer(weights, one ? "fc4" : "decoder." + hidden.size(), in, pixels, random);
    return weights;
  }

  /** Adds a layer whose outputs are about as large as its inputs. */
  static void layer(Map<String, FloatArray> weights, String name, int in, int out, Random random) {
    double limit = Math.sqrt(6.0 / in);
    weights.put(
        name + ".weight", new FloatArray(new int[] {out, in}, values(out * in, limit, random)));
    weights.put(name + ".bias", new FloatArray(new int[] {out}, values(out, 0.5, random)));
  }

  /** Other numbers of the same shape. */
  static FloatArray like(FloatArray array, String name) {
    return new FloatArray(
        array.shape(), values(array.values().length, 1, new Random(name.hashCode())));
  }

  /** So many numbers, uniform in ±limit. */
  static float[] values(int count, double limit, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  /** f(x·wᵀ + b), x being [n, in]. */
  static double[] dense(Map<String, FloatArray> weights, Activation f, String name, double[] x) {
    float[] w = weights.get(name + ".weight").values();
    float[] b = weights.get(name + ".bias").values();
    int in = w.length / b.length;
    double[] y = new double[x.length / in * b.length];
    for (int i = 0; i < y.length; i++) {
      int row = i / b.length;
      int column = i % b.length;
      double sum = b[column];
      for (int k = 0; k < in; k++) {
        sum += x[row * in + k] * w[column * in + k];
      }
      y[i] = f.value(sum);
    }
    return y;
  }

  static double[] toDouble(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
