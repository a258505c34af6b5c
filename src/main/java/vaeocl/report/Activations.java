package vaeocl.report;

import java.util.StringJoiner;
import vaeocl.ops.Activation;

/** The activations as the page's decoder computes them: a script that defines them by label. */
final class Activations {
  private Activations() {}

  /** {@code const activations = {"relu": (v) => …, …};}. */
  static String script() {
    StringJoiner functions = new StringJoiner(",\n  ", "const activations = {\n  ", ",\n};\n");
    for (Activation f : Activation.values()) {
      functions.add("\"" + f.label() + "\": (v) => " + expression(f));
    }
    return "\"use strict\";\n\n" + functions;
  }

  /** f(v) in JavaScript. */
  private static String expression(Activation f) {
    return switch (f) {
      case NONE -> "v";
      case RELU -> "Math.max(0, v)";
      case SIGMOID -> "1 / (1 + Math.exp(-v))";
      case LEAKY_RELU -> "v > 0 ? v : 0.01 * v";
      case TANH -> "Math.tanh(v)";
      case SOFTPLUS -> "Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))";
    };
  }
}
