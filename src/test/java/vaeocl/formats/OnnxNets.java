package vaeocl.formats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Random nets for the tests of ONNX files, and what they compute, in double precision. */
final class OnnxNets {
  private OnnxNets() {}

  /** The notebook's net in any size, by PyTorch's names. */
  static Map<String, FloatArray> net(int pixels, int hidden, int latent) {
    Random random = new Random(pixels + 31L * hidden + 961L * latent);
    Map<String, FloatArray> weights = new LinkedHashMap<>();
    layer(weights, "fc1", pixels, hidden, random);
    layer(weights, "fc21", hidden, latent, random);
    layer(weights, "fc22", hidden, latent, random);
    layer(weights, "fc3", latent, hidden, random);
    layer(weights, "fc4", hidden, pixels, random);
    return weights;
  }

  /** Adds a layer whose outputs are about as large as its inputs. */
  static void layer(Map<String, FloatArray> weights, String name, int in, int out, Random random) {
    double limit = Math.sqrt(6.0 / in);
    weights.put(
        name + ".weight", new FloatArray(new int[] {out, in}, values(out * in, limit, random)));
    weights.put(name + ".bias", new FloatArray(new int[] {out}, values(out, 0.5, random)));
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
  static double[] dense(
      Map<String, FloatArray> weights, OnnxLayer.Function f, String name, double[] x) {
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
      y[i] =
          switch (f) {
            case NONE -> sum;
            case RELU -> Math.max(sum, 0);
            case SIGMOID -> 1 / (1 + Math.exp(-sum));
          };
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
