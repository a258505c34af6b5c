package vaeocl.report;

import java.util.List;

/** The decoder in plain loops, for a few hundred pictures where no device is at hand. */
final class HostDecoder implements Decoder {
  private final List<Layer> layers;

  HostDecoder(List<Layer> layers) {
    this.layers = layers;
  }

  @Override
  public float[] decode(float[] z, int count) {
    float[] x = z;
    for (int i = 0; i < layers.size(); i++) {
      x = forward(layers.get(i), x, count, i == layers.size() - 1);
    }
    return x;
  }

  private static float[] forward(Layer layer, float[] x, int count, boolean last) {
    float[] y = new float[Math.multiplyExact(count, layer.out())];
    for (int i = 0; i < count; i++) {
      for (int o = 0; o < layer.out(); o++) {
        double sum = layer.bias()[o];
        for (int k = 0; k < layer.in(); k++) {
          sum += (double) layer.weight()[o * layer.in() + k] * x[i * layer.in() + k];
        }
        y[i * layer.out() + o] = (float) (last ? 1 / (1 + Math.exp(-sum)) : Math.max(0, sum));
      }
    }
    return y;
  }
}
