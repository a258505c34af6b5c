package vaeocl.formats;

import java.util.List;

/**
 * A dense layer of an exported net: y [N, out] = f(x [N, in] · wᵀ + b).
 *
 * @param y name of the value it produces
 * @param x name of the value it reads
 * @param parameters what its parameters' names begin with: w is parameters.weight [out, in], b is
 *     parameters.bias [out]
 * @param f the activation
 */
public record OnnxLayer(String y, String x, String parameters, Function f) {
  /** What follows the product. */
  public enum Function {
    NONE,
    RELU,
    SIGMOID
  }

  /** Name of its weights, [out, in]. */
  String weight() {
    return parameters + ".weight";
  }

  /** Name of its bias, [out]. */
  String bias() {
    return parameters + ".bias";
  }

  /** The layer as ONNX's operations. */
  List<OnnxNode> nodes() {
    String linear = f == Function.NONE ? y : parameters + ".linear";
    OnnxNode product = OnnxNode.gemm(linear, x, weight(), bias());
    return switch (f) {
      case NONE -> List.of(product);
      case RELU -> List.of(product, OnnxNode.relu(y, linear));
      case SIGMOID -> List.of(product, OnnxNode.sigmoid(y, linear));
    };
  }
}
