package vaeocl.report;

import java.util.List;
import vaeocl.model.SavedLayer;

/** The decoder in plain loops, for a few thousand pictures where no device is at hand. */
public final class HostDecoder implements Decoder {
  private final List<SavedLayer> layers;

  /** Of these layers, the first of which takes z. */
  public HostDecoder(List<SavedLayer> layers) {
    this.layers = layers;
  }

  @Override
  public float[] decode(float[] z, int count) {
    return HostNet.forward(layers, z, count);
  }
}
