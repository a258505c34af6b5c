package vaeocl.report;

import java.util.List;
import java.util.stream.IntStream;
import vaeocl.model.SavedLayer;

/** Dense layers one behind the other, in plain loops: sums in double, as the page's script. */
final class HostNet {
  private HostNet() {}

  /**
   * What the last layer puts out.
   *
   * @param x [count, in], row-major
   * @return [count, out]
   */
  static float[] forward(List<SavedLayer> layers, float[] x, int count) {
    float[] y = x;
    for (SavedLayer layer : layers) {
      y = forward(layer, y, count);
    }
    return y;
  }

  private static float[] forward(SavedLayer layer, float[] x, int count) {
    float[] y = new float[Math.multiplyExact(count, layer.out())];
    IntStream.range(0, count).parallel().forEach(i -> row(layer, x, i, y));
    return y;
  }

  /** One row; most pixels are background, which adds nothing. */
  private static void row(SavedLayer layer, float[] x, int i, float[] y) {
    int in = layer.in();
    int[] inked = IntStream.range(0, in).filter(k -> x[i * in + k] != 0).toArray();
    float[] weight = layer.weight().values();
    float[] bias = layer.bias().values();
    for (int o = 0; o < layer.out(); o++) {
      double sum = bias[o];
      for (int k : inked) {
        sum += (double) weight[o * in + k] * x[i * in + k];
      }
      y[i * layer.out() + o] = (float) layer.f().value(sum);
    }
  }
}
