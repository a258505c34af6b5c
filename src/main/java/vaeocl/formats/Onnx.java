package vaeocl.formats;

import com.google.protobuf.CodedOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * ONNX model files, which ONNX Runtime, browsers and phones can run. The same graph gives the same
 * bytes, and a file appears whole or not at all.
 */
public final class Onnx {
  /** Says in the file who made it. */
  public static final String PRODUCER = "vae-ocl";

  private Onnx() {}

  /**
   * Writes a graph.
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
