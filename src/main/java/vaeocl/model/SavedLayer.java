package vaeocl.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import vaeocl.formats.FloatArray;
import vaeocl.ops.Activation;

/**
 * A dense layer as a file holds it: y = f(x·wᵀ + b).
 *
 * @param name what the names of its tensors begin with: "fc1"
 * @param weight [out, in]
 * @param bias [out]
 */
public record SavedLayer(String name, FloatArray weight, FloatArray bias, Activation f) {
  public SavedLayer {
    int[] shape = weight.shape();
    if (shape.length != 2 || bias.shape().length != 1 || bias.shape()[0] != shape[0]) {
      throw new IllegalArgumentException("the shapes of " + name + " do not fit each other");
    }
  }

  /** Input features. */
  public int in() {
    return weight.shape()[1];
  }

  /** Output features. */
  public int out() {
    return weight.shape()[0];
  }

  /** Name of the weights' tensor. */
  public String weightName() {
    return name + ".weight";
  }

  /** Name of the bias's tensor. */
  public String biasName() {
    return name + ".bias";
  }

  /**
   * The decoder's layers among a net's tensors; others than the decoder's may be missing.
   *
   * @param f behind the hidden layers
   * @throws IllegalArgumentException if there is none, or its layers do not fit together; the
   *     message is the end of a sentence about the model
   */
  public static List<SavedLayer> decoder(Map<String, FloatArray> weights, Activation f) {
    List<String> names = LayerNames.in(weights.keySet()).decoder();
    if (names.stream().noneMatch(n -> weights.containsKey(n + ".weight"))) {
      throw new IllegalArgumentException("holds no decoder (fc3 and fc4, or decoder.0 …)");
    }
    List<SavedLayer> layers =
        new ArrayList<>(hidden(weights, names.subList(0, names.size() - 1), f));
    layers.add(of(weights, names.get(names.size() - 1), Net.OUTPUT));
    return chain(layers);
  }

  /** The encoder's hidden layers, as {@link #decoder}. */
  public static List<SavedLayer> encoder(Map<String, FloatArray> weights, Activation f) {
    return chain(hidden(weights, LayerNames.in(weights.keySet()).encoder(), f));
  }

  /** The layers that give mu and logvar from what the last hidden one puts out. */
  public static List<SavedLayer> heads(Map<String, FloatArray> weights) {
    LayerNames names = LayerNames.in(weights.keySet());
    return List.of(
        of(weights, names.mu(), Activation.NONE), of(weights, names.logvar(), Activation.NONE));
  }

  /**
   * One layer that puts out what two give, side by side.
   *
   * @throws IllegalArgumentException if their widths differ
   */
  public static SavedLayer joined(List<SavedLayer> two) {
    SavedLayer a = two.get(0);
    SavedLayer b = two.get(1);
    if (a.in() != b.in() || a.out() != b.out()) {
      throw new IllegalArgumentException(
          "the shapes of " + a.name() + " and " + b.name() + " do not fit each other");
    }
    int[] shape = {2 * a.out(), a.in()};
    return new SavedLayer(
        a.name() + "+" + b.name(),
        new FloatArray(shape, concat(a.weight().values(), b.weight().values())),
        new FloatArray(new int[] {shape[0]}, concat(a.bias().values(), b.bias().values())),
        a.f());
  }

  private static float[] concat(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static List<SavedLayer> hidden(
      Map<String, FloatArray> weights, List<String> names, Activation f) {
    return names.stream().map(name -> of(weights, name, f)).toList();
  }

  private static SavedLayer of(Map<String, FloatArray> weights, String name, Activation f) {
    FloatArray weight = weights.get(name + ".weight");
    FloatArray bias = weights.get(name + ".bias");
    if (weight == null || bias == null) {
      throw new IllegalArgumentException("lacks the weight or the bias of " + name);
    }
    return new SavedLayer(name, weight, bias, f);
  }

  private static List<SavedLayer> chain(List<SavedLayer> layers) {
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).in() != layers.get(i - 1).out()) {
        throw new IllegalArgumentException(
            "the shapes of " + layers.get(i).name() + " do not fit its neighbours'");
      }
    }
    return List.copyOf(layers);
  }
}
