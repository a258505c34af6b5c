package vaeocl.formats;

import java.util.List;
import java.util.Map;

/**
 * One operation of an ONNX graph, from ONNX's default operator set.
 *
 * @param operator ONNX's name, such as "Gemm"
 * @param outputs names of the values it produces
 * @param inputs names of the values and initialisers it reads, in the operator's order
 * @param attributes the integer attributes that differ from their defaults
 */
public record OnnxNode(
    String operator, List<String> outputs, List<String> inputs, Map<String, Long> attributes) {
  public OnnxNode {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
    attributes = Map.copyOf(attributes);
  }

  /** y [N, out] = x [N, in] · wᵀ + b, with w [out, in] and b [out]. */
  public static OnnxNode gemm(String y, String x, String w, String b) {
    return new OnnxNode("Gemm", List.of(y), List.of(x, w, b), Map.of("transB", 1L));
  }

  /** y = f(x), element by element, by an operator without attributes, such as "Relu". */
  public static OnnxNode elementwise(String operator, String y, String x) {
    return new OnnxNode(operator, List.of(y), List.of(x), Map.of());
  }
}
