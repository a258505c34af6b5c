package vaeocl.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vaeocl.formats.FloatArray;
import vaeocl.model.SavedLayer;

/**
 * A dense layer whose weights are kept in 8 bits: weight = zero + scale·step, a scale and a zero
 * for each row.
 *
 * @param layer as it was
 * @param steps [out, in], unsigned
 * @param zeros [out], the least weight of each row
 * @param scales [out], a 255th of each row's range
 */
@SuppressWarnings("ArrayRecordComponent") // made here and only read
record ByteLayer(SavedLayer layer, byte[] steps, float[] zeros, float[] scales) {
  private static final int MOST = 255;

  /** The nearest steps. */
  static ByteLayer of(SavedLayer layer) {
    float[] weight = layer.weight().values();
    int in = layer.in();
    byte[] steps = new byte[weight.length];
    float[] zeros = new float[layer.out()];
    float[] scales = new float[layer.out()];
    for (int o = 0; o < layer.out(); o++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < in; i++) {
        low = Math.min(low, weight[o * in + i]);
        high = Math.max(high, weight[o * in + i]);
      }
      zeros[o] = low;
      scales[o] = (high - low) / MOST;
      for (int i = 0; i < in && scales[o] > 0; i++) {
        long step = Math.round(((double) weight[o * in + i] - low) / scales[o]);
        steps[o * in + i] = (byte) Math.min(MOST, step);
      }
    }
    return new ByteLayer(layer, steps, zeros, scales);
  }

  /** The layer that the page unpacks. */
  SavedLayer unpacked() {
    float[] weight = new float[steps.length];
    int in = layer.in();
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (zeros[i / in] + (double) scales[i / in] * (steps[i] & 0xff));
    }
    FloatArray matrix = new FloatArray(new int[] {layer.out(), in}, weight);
    return new SavedLayer(layer.name(), matrix, layer.bias(), layer.f());
  }

  /** Characters that {@link #put} takes, about. */
  long length() {
    return Packed.length(steps.length) + 3 * Packed.length(4L * layer.out()) + 100;
  }

  /** Puts the layer into a page. */
  void put(ObjectNode node) {
    node.put("out", layer.out());
    node.put("steps", Packed.bytes(steps));
    node.put("zeros", Packed.floats(zeros));
    node.put("scales", Packed.floats(scales));
    node.put("bias", Packed.floats(layer.bias().values()));
    node.put("activation", layer.f().label());
  }
}
