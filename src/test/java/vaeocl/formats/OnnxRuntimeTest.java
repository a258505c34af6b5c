package vaeocl.formats;

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
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.formats.OnnxLayer.Function;

/** Another program, ONNX Runtime, reads the exported files and computes what the net computes. */
class OnnxRuntimeTest {
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
    assertArrayEquals(expected, OnnxNets.toDouble(actual), TOLERANCE, what);
  }

  private static void assertShape(int columns, NodeInfo value) {
    TensorInfo info = (TensorInfo) value.getInfo();
    assertEquals(OnnxJavaType.FLOAT, info.type, value.getName());
    assertArrayEquals(new long[] {-1, columns}, info.getShape(), value.getName());
    assertEquals("N", info.getDimensionNames()[0], value.getName());
  }

  @ParameterizedTest
  @CsvSource({"6,5,3", "1,1,1", "784,400,2"})
  void theEncoderComputesMuAndLogvar(int pixels, int hidden, int latent) throws Exception {
    Map<String, FloatArray> weights = OnnxNets.net(pixels, hidden, latent);
    Path file = folder.resolve("encoder.onnx");
    Onnx.writeEncoder(file, weights, Map.of(), "1.2.3");
    try (OrtSession session = open(file)) {
      assertEquals(Set.of("image"), session.getInputNames());
      assertEquals(List.of("mu", "logvar"), List.copyOf(session.getOutputNames()));
      assertShape(pixels, session.getInputInfo().get("image"));
      assertShape(latent, session.getOutputInfo().get("mu"));
      assertShape(latent, session.getOutputInfo().get("logvar"));
      for (int rows : ROWS) {
        float[] x = OnnxNets.values(rows * pixels, 1, new Random(rows));
        double[] h = OnnxNets.dense(weights, Function.RELU, "fc1", OnnxNets.toDouble(x));
        Map<String, float[]> y = run(session, "image", rows, x);
        assertClose(OnnxNets.dense(weights, Function.NONE, "fc21", h), y.get("mu"), "mu");
        assertClose(OnnxNets.dense(weights, Function.NONE, "fc22", h), y.get("logvar"), "logvar");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"6,5,3", "1,1,1", "784,400,2"})
  void theDecoderComputesTheImage(int pixels, int hidden, int latent) throws Exception {
    Map<String, FloatArray> weights = OnnxNets.net(pixels, hidden, latent);
    Path file = folder.resolve("decoder.onnx");
    Onnx.writeDecoder(file, weights, Map.of(), "1.2.3");
    try (OrtSession session = open(file)) {
      assertEquals(Set.of("z"), session.getInputNames());
      assertEquals(Set.of("image"), session.getOutputNames());
      assertShape(latent, session.getInputInfo().get("z"));
      assertShape(pixels, session.getOutputInfo().get("image"));
      for (int rows : ROWS) {
        float[] z = OnnxNets.values(rows * latent, 3, new Random(rows));
        double[] h = OnnxNets.dense(weights, Function.RELU, "fc3", OnnxNets.toDouble(z));
        Map<String, float[]> y = run(session, "z", rows, z);
        assertClose(OnnxNets.dense(weights, Function.SIGMOID, "fc4", h), y.get("image"), "image");
      }
    }
  }

  @Test
  void aDeeperNetNeedsOnlyALongerList() throws Exception {
    Map<String, FloatArray> weights = new LinkedHashMap<>();
    int[] widths = {12, 9, 7, 4};
    for (int i = 0; i + 1 < widths.length; i++) {
      OnnxNets.layer(weights, "encoder." + i, widths[i], widths[i + 1], new Random(i));
    }
    List<OnnxLayer> layers =
        List.of(
            new OnnxLayer("h1", "image", "encoder.0", Function.RELU),
            new OnnxLayer("h2", "h1", "encoder.1", Function.RELU),
            new OnnxLayer("mu", "h2", "encoder.2", Function.NONE));
    OnnxGraph graph = OnnxGraph.ofLayers("deep", "image", layers, List.of("h2", "mu"), weights);
    Path file = folder.resolve("deep.onnx");
    Onnx.write(file, graph, Map.of(), "1.2.3");
    float[] x = OnnxNets.values(5 * 12, 1, new Random(1));
    double[] h1 = OnnxNets.dense(weights, Function.RELU, "encoder.0", OnnxNets.toDouble(x));
    double[] h2 = OnnxNets.dense(weights, Function.RELU, "encoder.1", h1);
    try (OrtSession session = open(file)) {
      Map<String, float[]> y = run(session, "image", 5, x);
      assertClose(h2, y.get("h2"), "h2");
      assertClose(OnnxNets.dense(weights, Function.NONE, "encoder.2", h2), y.get("mu"), "mu");
    }
  }

  @Test
  void metadataProducerAndNameArrive() throws Exception {
    // No character beyond U+FFFF: the Java side of ONNX Runtime garbles those (see OnnxTest).
    Map<String, String> metadata = Map.of("likelihood", "bernoulli", "note", "naïve \"β\" ½\n∑");
    Path file = folder.resolve("decoder.onnx");
    Onnx.writeDecoder(file, OnnxNets.net(4, 3, 2), metadata, "1.2.3");
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
    Onnx.writeDecoder(file, OnnxNets.net(4, 3, 2), Map.of(), "1.2.3");
    try (OrtSession session = open(file)) {
      assertFalse(run(session, "z", 1, new float[2]).isEmpty());
      String message =
          assertThrows(OrtException.class, () -> run(session, "z", 1, new float[3])).getMessage();
      assertTrue(message.contains("Expected: 2"), message);
    }
  }
}
