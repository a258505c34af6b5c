package vaeocl.formats;

import com.google.protobuf.CodedOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Nets as ONNX model files, which ONNX Runtime, browsers and phones can run. Weights have PyTorch's
 * names and layout, [out, in]; latent, hidden and pixels below are their sizes. N is chosen by
 * whoever runs the model. The same input gives the same bytes, and a file appears whole or not at
 * all.
 */
public final class Onnx {
  /** Says in the file who made it. */
  public static final String PRODUCER = "vae-ocl";

  private static final String IMAGE = "image";
  private static final String MU = "mu";
  private static final String LOGVAR = "logvar";
  private static final String Z = "z";

  private static final List<OnnxLayer> ENCODER =
      List.of(
          new OnnxLayer("h1", IMAGE, "fc1", OnnxLayer.Function.RELU),
          new OnnxLayer(MU, "h1", "fc21", OnnxLayer.Function.NONE),
          new OnnxLayer(LOGVAR, "h1", "fc22", OnnxLayer.Function.NONE));

  private static final List<OnnxLayer> DECODER =
      List.of(
          new OnnxLayer("h3", Z, "fc3", OnnxLayer.Function.RELU),
          new OnnxLayer(IMAGE, "h3", "fc4", OnnxLayer.Function.SIGMOID));

  private Onnx() {}

  /**
   * Writes the encoder of the net with fc1, fc21 and fc22. Input: {@code image} [N, pixels], values
   * in 0 … 1. Outputs: {@code mu} and {@code logvar} [N, latent], mean and logarithm of the
   * variance of the latent variables. All are float32.
   *
   * @param weights by name; others than the encoder's are left out
   * @param metadata free text by key, kept in the file's metadata_props
   * @param version of the program
   * @throws FormatException if a weight is not finite or the file cannot be written
   * @throws IllegalArgumentException if a weight is missing, naming it, or its shape does not fit
   */
  public static void writeEncoder(
      Path file, Map<String, FloatArray> weights, Map<String, String> metadata, String version)
      throws FormatException {
    OnnxGraph graph = OnnxGraph.ofLayers("encoder", IMAGE, ENCODER, List.of(MU, LOGVAR), weights);
    write(file, graph, metadata, version);
  }

  /**
   * Writes the decoder of the net with fc3 and fc4. Input: {@code z} [N, latent]. Output: {@code
   * image} [N, pixels], values in 0 … 1. Both are float32.
   *
   * @param weights by name; others than the decoder's are left out
   * @param metadata free text by key, kept in the file's metadata_props
   * @param version of the program
   * @throws FormatException if a weight is not finite or the file cannot be written
   * @throws IllegalArgumentException if a weight is missing, naming it, or its shape does not fit
   */
  public static void writeDecoder(
      Path file, Map<String, FloatArray> weights, Map<String, String> metadata, String version)
      throws FormatException {
    OnnxGraph graph = OnnxGraph.ofLayers("decoder", Z, DECODER, List.of(IMAGE), weights);
    write(file, graph, metadata, version);
  }

  /**
   * Writes any graph.
   *
   * @param metadata free text by key, kept in the file's metadata_props
   * @param version of the program
   * @throws FormatException if an initialiser is not finite, the model is larger than protobuf
   *     allows, or the file cannot be written
   */
  public static void write(Path file, OnnxGraph graph, Map<String, String> metadata, String version)
      throws FormatException {
    List<ProtoField> model = OnnxEncoding.model(graph, PRODUCER, version, metadata);
    long size = ProtoField.size(model);
    if (size > Integer.MAX_VALUE) {
      throw new FormatException(
          file,
          "not written: the net takes "
              + size
              + " bytes, and ONNX files hold at most 2147483647; use safetensors for it");
    }
    for (Map.Entry<String, FloatArray> e : graph.initializers().entrySet()) {
      e.getValue().requireFinite(file, e.getKey(), "not written; lower the learning rate");
    }
    AtomicFile.write(
        file,
        channel -> {
          CodedOutputStream out = CodedOutputStream.newInstance(Channels.newOutputStream(channel));
          ProtoField.write(out, model);
          out.flush();
        });
  }
}
