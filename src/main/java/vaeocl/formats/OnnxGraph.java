package vaeocl.formats;

import java.util.Collections;
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
}
