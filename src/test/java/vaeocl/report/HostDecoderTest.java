package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vaeocl.formats.FloatArray;
import vaeocl.model.SavedLayer;
import vaeocl.ops.Activation;

class HostDecoderTest {
  private static Map<String, FloatArray> layer(String name, int in, float[] w, float... b) {
    return Map.of(
        name + ".weight", new FloatArray(new int[] {b.length, in}, w),
        name + ".bias", new FloatArray(new int[] {b.length}, b));
  }

  private static Map<String, FloatArray> net(List<Map<String, FloatArray>> layers) {
    Map<String, FloatArray> all = new LinkedHashMap<>();
    layers.forEach(all::putAll);
    return all;
  }

  private static void assertRefused(String expected, Map<String, FloatArray> weights) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> SavedLayer.decoder(weights, Activation.RELU));
    assertEquals(expected, e.getMessage());
  }

  @Test
  void smallNetIsRightByHand() {
    Map<String, FloatArray> net =
        net(
            List.of(
                layer("fc3", 2, new float[] {1, 2, -1, 0}, 0.5f, 0.25f),
                layer("fc4", 2, new float[] {1, 1, -2, 4}, 0, -1),
                layer("fc1", 9, new float[9], 0)));
    Decoder decoder = new HostDecoder(SavedLayer.decoder(net, Activation.RELU));
    // h = relu(1·1 + 2·0.5 + 0.5, −1 + 0.25) = (2.5, 0); then sigmoid(2.5), sigmoid(−6).
    // h = relu(0.5, 0.25) for z = 0; then sigmoid(0.75), sigmoid(−1 + 1 − 1).
    float[] expected = {0.9241418f, 0.0024726f, 0.6791787f, 0.2689414f};
    assertArrayEquals(expected, decoder.decode(new float[] {1, 0.5f, 0, 0}, 2), 1e-6f);
  }

  @Test
  void deeperNetsKeepTheOrderOfTheirLayers() {
    Map<String, FloatArray> net =
        net(
            List.of(
                layer("decoder.2", 1, new float[] {1, 1, 1, 1}, 0, 0, 0, 0),
                layer("decoder.1", 3, new float[3], 0),
                layer("decoder.0", 2, new float[6], 0, 0, 0)));
    assertEquals(
        List.of(3, 1, 4),
        SavedLayer.decoder(net, Activation.RELU).stream().map(SavedLayer::out).toList());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertRefused("holds no decoder (fc3 and fc4, or decoder.0 …)", Map.of());
    assertRefused(
        "lacks the weight or the bias of fc4", net(List.of(layer("fc3", 2, new float[2], 0))));
    assertRefused(
        "the shapes of fc4 do not fit its neighbours'",
        net(List.of(layer("fc3", 2, new float[2], 0), layer("fc4", 3, new float[3], 0))));
  }
}
