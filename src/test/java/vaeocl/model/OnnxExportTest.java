package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vaeocl.formats.FloatArray;
import vaeocl.formats.Onnx;
import vaeocl.formats.OnnxGraph;
import vaeocl.ops.Activation;

/** Another program, ONNX Runtime, reads the exported files and computes what the net computes. */
class OnnxExportTest {
  /** The sums of 784 products of size 1 and less, in single precision. */
  private static final double TOLERANCE = 1e-5;

  private static final int[] ROWS = {1, 7, 33, 1};

  @TempDir Path folder;

  @BeforeAll
  static void needsRuntime() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name = os.startsWith("mac") ? "osx" : os.startsWith("win") ? "win" : os;
    String platform = name + (Set.of("amd64", "x86_64").contains(arch) ? "-x64" : "-" + arch);
    if (platform.equals("linux-x64")) {
      return; // There is one, and where it does not load the test has to fail.
    }
    String library =
        "/ai/onnxruntime/native/" + platform + "/" + System.mapLibraryName("onnxruntime");
    assumeTrue(
        OrtEnvironment.class.getResource(library) != null,
        "ONNX Runtime has no native library for " + platform);
  }

  private static OrtSession open(Path file) throws OrtException {
    return OrtEnvironment.getEnvironment().createSession(file.toString());
  }

  /** All outputs of a model, row-major, for an input of so many rows. */
  private static Map<String, float[]> run(OrtSession session, String input, int rows, float[] x)
      throws OrtException {
    long[] shape = {rows, x.length / rows};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
        OnnxTensor y = (OnnxTensor) output.getValue();
        assertEquals(rows, y.getInfo().getShape()[0], output.getKey());
        float[] values = new float[y.getFloatBuffer().remaining()];
        y.getFloatBuffer().get(values);
        outputs.put(output.getKey(), values);
      }
    }
    return outputs;
  }

  private static void assertClose(double[] expected, float[] actual, String what) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertTrue(largest > 0.1 && largest < 10, what + " is of size " + largest);
    assertArrayEquals(expected, SavedNets.toDouble(actual), TOLERANCE, what);
  }

  private static void assertShape(int columns, NodeInfo value) {
    TensorInfo info = (TensorInfo) value.getInfo();
    assertEquals(OnnxJavaType.FLOAT, info.type, value.getName());
    assertArrayEquals(new long[] {-1, columns}, info.getShape(), value.getName());
    assertEquals("N", info.getDimensionNames()[0], value.getName());
  }

  /** Models, and what their layers are called on disk: encoder, mu, logvar, decoder. */
  private static List<Arguments> nets() {
    List<String> one = List.of("fc1", "fc21", "fc22", "fc3", "fc4");
    return List.of(
        Arguments.of(SavedNets.model(2, 3, 3, 5), one),
        Arguments.of(SavedNets.model(1, 1, 1, 1), one),
        Arguments.of(SavedNets.model(28, 28, 2, 400), one),
        Arguments.of(
            SavedNets.model(4, 3, 3, 9, 7),
            List.of(
                "encoder.0", "encoder.1", "mu", "logvar", "decoder.0", "decoder.1", "decoder.2")));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theEncoderComputesMuAndLogvar(SavedModel model, List<String> names) throws Exception {
    Map<String, FloatArray> weights = model.weights();
    int pixels = model.height() * model.width();
    int latent = model.config().latent();
    int heads = names.size() / 2 - 1;
    Path file = folder.resolve("encoder.onnx");
    Onnx.write(file, OnnxExport.encoder(model), Map.of(), "1.2.3");
    try (OrtSession session = open(file)) {
      assertEquals(Set.of("image"), session.getInputNames());
      assertEquals(List.of("mu", "logvar"), List.copyOf(session.getOutputNames()));
      assertShape(pixels, session.getInputInfo().get("image"));
      assertShape(latent, session.getOutputInfo().get("mu"));
      assertShape(latent, session.getOutputInfo().get("logvar"));
      for (int rows : ROWS) {
        float[] x = SavedNets.values(rows * pixels, 1, new Random(rows));
        double[] h = SavedNets.toDouble(x);
        for (String name : names.subList(0, heads)) {
          h = SavedNets.dense(weights, Activation.RELU, name, h);
        }
        double[] mu = SavedNets.dense(weights, Activation.NONE, names.get(heads), h);
        double[] logvar = SavedNets.dense(weights, Activation.NONE, names.get(heads + 1), h);
        Map<String, float[]> y = run(session, "image", rows, x);
        assertClose(mu, y.get("mu"), "mu");
        assertClose(logvar, y.get("logvar"), "logvar");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theDecoderComputesTheImage(SavedModel model, List<String> names) throws Exception {
    int pixels = model.height() * model.width();
    int latent = model.config().latent();
    Path file = folder.resolve("decoder.onnx");
    Onnx.write(file, OnnxExport.decoder(model), Map.of(), "1.2.3");
    try (OrtSession session = open(file)) {
      assertEquals(Set.of("z"), session.getInputNames());
      assertEquals(Set.of("image"), session.getOutputNames());
      assertShape(latent, session.getInputInfo().get("z"));
      assertShape(pixels, session.getOutputInfo().get("image"));
      for (int rows : ROWS) {
        float[] z = SavedNets.values(rows * latent, 3, new Random(rows));
        double[] h = SavedNets.toDouble(z);
        for (String name : names.subList(names.size() / 2 + 1, names.size() - 1)) {
          h = SavedNets.dense(model.weights(), Activation.RELU, name, h);
        }
        String last = names.get(names.size() - 1);
        double[] image = SavedNets.dense(model.weights(), Activation.SIGMOID, last, h);
        assertClose(image, run(session, "z", rows, z).get("image"), "image");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyActivationIsAnOperatorOfOnnx(Activation f) throws Exception {
    OnnxGraph.Value x = new OnnxGraph.Value("x", 3);
    OnnxGraph.Value y = new OnnxGraph.Value("y", 3);
    OnnxGraph graph =
        new OnnxGraph("f", List.of(x), List.of(y), OnnxExport.activation(f, "y", "x"), Map.of());
    Path file = folder.resolve("f.onnx");
    Onnx.write(file, graph, Map.of(), "1.2.3");
    float[] values = SavedNets.values(300, 6, new Random(1));
    try (OrtSession session = open(file)) {
      float[] found = run(session, "x", 100, values).get("y");
      for (int i = 0; i < values.length; i++) {
        assertEquals(f.value(values[i]), found[i], TOLERANCE, "f(" + values[i] + ")");
      }
    }
  }

  @Test
  void metadataProducerAndNameArrive() throws Exception {
    // No character beyond U+FFFF: the Java side of ONNX Runtime garbles those (see OnnxTest).
    Map<String, String> metadata = Map.of("likelihood", "bernoulli", "note", "naïve \"β\" ½\n∑");
    Path file = folder.resolve("decoder.onnx");
    Onnx.write(file, OnnxExport.decoder(SavedNets.model(2, 2, 2, 3)), metadata, "1.2.3");
    try (OrtSession session = open(file)) {
      OnnxModelMetadata read = session.getMetadata();
      assertEquals(metadata, read.getCustomMetadata());
      assertEquals("vae-ocl", read.getProducerName());
      assertEquals("decoder", read.getGraphName());
    }
  }

  @Test
  void theFileSaysHowManyColumnsItsInputHas() throws IOException, OrtException {
    Path file = folder.resolve("decoder.onnx");
    Onnx.write(file, OnnxExport.decoder(SavedNets.model(2, 2, 2, 3)), Map.of(), "1.2.3");
    try (OrtSession session = open(file)) {
      assertFalse(run(session, "z", 1, new float[2]).isEmpty());
      String message =
          assertThrows(OrtException.class, () -> run(session, "z", 1, new float[3])).getMessage();
      assertTrue(message.contains("Expected: 2"), message);
    }
  }
}
