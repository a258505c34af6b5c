package vaeocl.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an ONNX file computes: nodes between named values, all of them 32-bit floats.
 *
 * @param name the graph's name
 * @param inputs values the caller provides
 * @param outputs values the caller gets
 * @param nodes operations, each after those whose values it reads
 * @param initializers constants by name; not copied
 */
public record OnnxGraph(
    String name,
    List<Value> inputs,
    List<Value> outputs,
    List<OnnxNode> nodes,
    Map<String, FloatArray> initializers) {

  /**
   * A float32 matrix [N, columns]; N, the number of rows, is chosen by whoever runs the graph.
   *
   * @param columns at least 1
   */
  public record Value(String name, int columns) {
    public Value {
      if (columns < 1) {
        throw new IllegalArgumentException(name + " has " + columns + " columns, at least 1");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a name is given twice, or read before it is produced
   */
  public OnnxGraph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    nodes = List.copyOf(nodes);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    Set<String> known = new HashSet<>(initializers.keySet());
    for (Value input : inputs) {
      define(known, input.name());
    }
    for (OnnxNode node : nodes) {
      for (String input : node.inputs()) {
        if (!known.contains(input)) {
          throw new IllegalArgumentException(
              node.operator() + " reads " + input + ", which nothing before it produces");
        }
      }
      for (String output : node.outputs()) {
        define(known, output);
      }
    }
    for (Value output : outputs) {
      if (!known.contains(output.name())) {
        throw new IllegalArgumentException("Nothing produces the output " + output.name());
      }
    }
  }

  private static void define(Set<String> known, String name) {
    if (!known.add(name)) {
      throw new IllegalArgumentException("Two values are named " + name);
    }
  }

  /**
   * A feed-forward net of dense layers. Its sizes are those of the weights, of which others than
   * the layers' are left out.
   *
   * @param input name of the net's input, which has as many columns as the first layer's weights
   * @param layers each after those it reads
   * @param outputs names of the layers' values that the caller gets
   * @param weights by PyTorch's names, [out, in]
   * @throws IllegalArgumentException if a weight is missing, naming it, or its shape does not fit
   */
  public static OnnxGraph ofLayers(
      String name,
      String input,
      List<OnnxLayer> layers,
      List<String> outputs,
      Map<String, FloatArray> weights) {
    Map<String, Integer> columns = new HashMap<>();
    Map<String, FloatArray> initializers = new LinkedHashMap<>();
    List<OnnxNode> nodes = new ArrayList<>();
    for (OnnxLayer layer : layers) {
      FloatArray w = weight(weights, layer.weight(), name);
      FloatArray b = weight(weights, layer.bias(), name);
      require(w.shape().length == 2, layer.weight(), w, "but a matrix [out, in] is needed");
      if (columns.isEmpty()) {
        columns.put(input, w.shape()[1]);
      }
      int in = columns(columns, layer.x());
      int out = w.shape()[0];
      String theInput = "but its input " + layer.x() + " has " + in + " columns";
      require(w.shape()[1] == in, layer.weight(), w, theInput);
      String theWeight = "but " + layer.weight() + " is " + Arrays.toString(w.shape());
      require(Arrays.equals(b.shape(), new int[] {out}), layer.bias(), b, theWeight);
      initializers.put(layer.weight(), w);
      initializers.put(layer.bias(), b);
      nodes.addAll(layer.nodes());
      columns.put(layer.y(), out);
    }
    return new OnnxGraph(
        name,
        List.of(new Value(input, columns(columns, input))),
        outputs.stream().map(o -> new Value(o, columns(columns, o))).toList(),
        nodes,
        initializers);
  }

  private static FloatArray weight(Map<String, FloatArray> weights, String name, String graph) {
    FloatArray weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(
          "The " + graph + " needs " + name + ", but the weights are " + weights.keySet());
    }
    return weight;
  }

  private static int columns(Map<String, Integer> columns, String value) {
    Integer found = columns.get(value);
    if (found == null) {
      throw new IllegalArgumentException("No layer produces " + value + " before it is needed");
    }
    return found;
  }

  private static void require(boolean fits, String name, FloatArray weight, String problem) {
    if (!fits) {
      throw new IllegalArgumentException(
          name + " is " + Arrays.toString(weight.shape()) + ", " + problem);
    }
  }
}
