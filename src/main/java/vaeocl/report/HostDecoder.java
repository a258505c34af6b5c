package vaeocl.report;

import java.util.List;
import vaeocl.model.SavedLayer;

/** The decoder in plain loops, for a few hundred pictures where no device is at hand. */
public final class HostDecoder implements Decoder {
  private final List<SavedLayer> layers;

  /** Of these layers, the first of which takes z. */
  public HostDecoder(List<SavedLayer> layers) {
    this.layers = layers;
  }

  @Override
  public float[] decode(float[] z, int count) {
    float[] x = z;
    for (SavedLayer layer : layers) {
      x = forward(layer, x, count);
    }
    return x;
  }

  private static float[] forward(SavedLayer layer, float[] x, int count) {
    float[] weight = layer.weight().values();
    float[] bias = layer.bias().values();
    float[] y = new float[Math.multiplyExact(count, layer.out())];
    for (int i = 0; i < count; i++) {
      for (int o = 0; o < layer.out(); o++) {
        double sum = bias[o];
        for (int k = 0; k < layer.in(); k++) {
          sum += (double) weight[o * layer.in() + k] * x[i * layer.in() + k];
        }
        y[i * layer.out() + o] = (float) layer.f().value(sum);
      }
    }
    return y;
  }
}
