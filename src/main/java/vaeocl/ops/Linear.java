package vaeocl.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * A dense layer's parameters: y = x·wᵀ + b.
 *
 * @param weight [out, in]
 * @param bias [1, out]
 */
public record Linear(String name, Param weight, Param bias) {
  /** A layer of the given shape, its tensors named as PyTorch names them. */
  public static Linear of(String name, int in, int out) {
    return new Linear(
        name,
        Param.of(name + ".weight", Role.WEIGHT, out, in),
        Param.of(name + ".bias", Role.BIAS, 1, out));
  }

  /** Input features. */
  public int in() {
    return weight.value().cols();
  }

  /** Output features. */
  public int out() {
    return weight.value().rows();
  }

  List<Tensor> values() {
    return List.of(weight.value(), bias.value());
  }

  List<Tensor> gradients() {
    return List.of(weight.gradient(), bias.gradient());
  }

  List<Tensor> state() {
    List<Tensor> all = new ArrayList<>(weight.state());
    all.addAll(bias.state());
    return all;
  }
}
