package vaeocl.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.formats.FloatArray;
import vaeocl.formats.OnnxGraph;
import vaeocl.formats.OnnxNode;
import vaeocl.ops.Activation;

/**
 * A trained net as ONNX graphs, which ONNX Runtime, browsers and phones can run. Weights keep their
 * names and layout, [out, in]; N rows are chosen by whoever runs the graph; all is float32.
 */
public final class OnnxExport {
  private static final String IMAGE = "image";
  private static final String MU = "mu";
  private static final String LOGVAR = "logvar";
  private static final String Z = "z";

  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, FloatArray> constants = new LinkedHashMap<>();

  private OnnxExport() {}

  /** {@code image} [N, pixels], values in 0 … 1, to {@code mu} and {@code logvar} [N, latent]. */
  public static OnnxGraph encoder(SavedModel model) {
    Vae vae = model.vae();
    OnnxExport graph = new OnnxExport();
    String h = IMAGE;
    List<SavedLayer> hidden = SavedLayer.encoder(model.weights(), vae.config().activation());
    for (int i = 0; i < hidden.size(); i++) {
      h = graph.add(vae.net().encoder().get(i).output(), h, hidden.get(i));
    }
    List<SavedLayer> heads = SavedLayer.heads(model.weights());
    graph.add(MU, h, heads.get(0));
    graph.add(LOGVAR, h, heads.get(1));
    int latent = vae.config().latent();
    return graph.of(
        "encoder",
        new OnnxGraph.Value(IMAGE, vae.pixels()),
        new OnnxGraph.Value(MU, latent),
        new OnnxGraph.Value(LOGVAR, latent));
  }

  /** {@code z} [N, latent] to {@code image} [N, pixels], values in 0 … 1. */
  public static OnnxGraph decoder(SavedModel model) {
    Vae vae = model.vae();
    OnnxExport graph = new OnnxExport();
    String h = Z;
    List<SavedLayer> layers = SavedLayer.decoder(model.weights(), vae.config().activation());
    for (int i = 0; i < layers.size(); i++) {
      boolean last = i == layers.size() - 1;
      h = graph.add(last ? IMAGE : vae.net().decoder().get(i).output(), h, layers.get(i));
    }
    return graph.of(
        "decoder",
        new OnnxGraph.Value(Z, vae.config().latent()),
        new OnnxGraph.Value(IMAGE, vae.pixels()));
  }

  /** y = f(x·wᵀ + b); returns y. */
  private String add(String y, String x, SavedLayer layer) {
    String linear = layer.f() == Activation.NONE ? y : layer.name() + ".linear";
    constants.put(layer.weightName(), layer.weight());
    constants.put(layer.biasName(), layer.bias());
    nodes.add(OnnxNode.gemm(linear, x, layer.weightName(), layer.biasName()));
    nodes.addAll(activation(layer.f(), y, linear));
    return y;
  }

  /** y = f(x), element by element. */
  static List<OnnxNode> activation(Activation f, String y, String x) {
    return switch (f) {
      case NONE -> List.of();
      case RELU -> List.of(OnnxNode.elementwise("Relu", y, x));
      case SIGMOID -> List.of(OnnxNode.elementwise("Sigmoid", y, x));
      case LEAKY_RELU -> List.of(OnnxNode.elementwise("LeakyRelu", y, x));
      case TANH -> List.of(OnnxNode.elementwise("Tanh", y, x));
      case SOFTPLUS -> List.of(OnnxNode.elementwise("Softplus", y, x));
    };
  }

  private OnnxGraph of(String name, OnnxGraph.Value input, OnnxGraph.Value... outputs) {
    return new OnnxGraph(name, List.of(input), List.of(outputs), nodes, constants);
  }
}
