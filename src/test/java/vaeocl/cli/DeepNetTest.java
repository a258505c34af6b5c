package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.data.IdxFolder;
import vaeocl.formats.FloatArray;
import vaeocl.formats.Npy;
import vaeocl.formats.Safetensors;
import vaeocl.model.Rows;

/** A net of two hidden layers from training to export. */
class DeepNetTest {
  private static final int TEST_IMAGES = 40;

  @TempDir static Path temp;
  private static Path digits;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    digits = TestData.digitsFolder(temp.resolve("digits"), 300, TEST_IMAGES);
    run = temp.resolve("run");
    begin(run, 3);
  }

  private static void ok(Object... args) {
    CommandRun.ok(args);
  }

  private static void begin(Path folder, int epochs, Object... more) {
    Object[] first = {
      "train",
      "--data",
      digits,
      "--out",
      folder,
      "--epochs",
      epochs,
      "--hidden",
      "24,16",
      "--latent",
      3,
      "--batch-size",
      64,
      "--device",
      "Portable",
      "--no-report"
    };
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    ok(all);
  }

  private static Path model(Path folder) {
    return folder.resolve("model.safetensors");
  }

  @Test
  void theModelHasTheNamesOfReadme() throws IOException {
    Map<String, FloatArray> tensors = Safetensors.read(model(run)).tensors();
    assertEquals(
        List.of(
            "encoder.0.weight",
            "encoder.0.bias",
            "encoder.1.weight",
            "encoder.1.bias",
            "mu.weight",
            "mu.bias",
            "logvar.weight",
            "logvar.bias",
            "decoder.0.weight",
            "decoder.0.bias",
            "decoder.1.weight",
            "decoder.1.bias",
            "decoder.2.weight",
            "decoder.2.bias"),
        List.copyOf(tensors.keySet()));
    assertArrayEquals(new int[] {16, 24}, tensors.get("encoder.1.weight").shape());
    assertArrayEquals(new int[] {3, 16}, tensors.get("logvar.weight").shape());
    assertArrayEquals(new int[] {784, 24}, tensors.get("decoder.2.weight").shape());
  }

  @Test
  void anInterruptedRunEndsWithTheSameBytes() throws IOException {
    Path folder = temp.resolve("resumed");
    begin(folder, 1);
    ok("train", "--resume", folder, "--epochs", 3, "--no-report");
    assertArrayEquals(Files.readAllBytes(model(run)), Files.readAllBytes(model(folder)));
    List<String> metrics = figures(run);
    assertEquals(metrics, figures(folder), "metrics.csv but for its times");
    double first = Double.parseDouble(metrics.get(1).split(",", -1)[1]);
    double last = Double.parseDouble(metrics.get(3).split(",", -1)[1]);
    assertTrue(last < first, first + " to " + last);
  }

  private static List<String> figures(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv")).stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){10})[^,]*,[^,]*,", "$1"))
        .toList();
  }

  @Test
  void anotherRunBeginsWithItsWeights() throws IOException {
    Path folder = temp.resolve("again");
    ok(
        "train",
        "--init-from",
        model(run),
        "--data",
        digits,
        "--out",
        folder,
        "--epochs",
        1,
        "--learning-rate",
        "1e-30",
        "--no-report",
        "--device",
        "Portable");
    Map<String, FloatArray> before = Safetensors.read(model(run)).tensors();
    Map<String, FloatArray> after = Safetensors.read(model(folder)).tensors();
    for (String name : List.of("encoder.1.weight", "decoder.2.bias")) {
      float[] a = sorted(before.get(name));
      assertArrayEquals(a, sorted(after.get(name)), 1e-7f, name + " but for the units' order");
    }
  }

  private static float[] sorted(FloatArray array) {
    float[] values = array.values().clone();
    Arrays.sort(values);
    return values;
  }

  @Test
  void onnxComputesWhatEncodeAndDecodeDo() throws Exception {
    Path codes = temp.resolve("codes.npy");
    Path z = temp.resolve("z.npy");
    Path images = temp.resolve("images.npy");
    ok("encode", run, "--out", codes, "--device", "Portable");
    float[] heads = Npy.readFloats(codes).values();
    float[] mu = new float[TEST_IMAGES * 3];
    for (int i = 0; i < mu.length; i++) {
      mu[i] = heads[i / 3 * 6 + i % 3];
    }
    Npy.write(z, new FloatArray(new int[] {TEST_IMAGES, 3}, mu));
    ok("decode", run, z, "--out", images, "--device", "Portable");
    ok("export", run, "--onnx", temp.resolve("net.onnx"));

    float[] x = Rows.of(IdxFolder.read(digits).test()).all();
    List<float[]> encoded = onnx("net-encoder.onnx", "image", x, 784);
    for (int i = 0; i < heads.length; i++) {
      float found = encoded.get(i % 6 / 3)[i / 6 * 3 + i % 3];
      assertEquals(heads[i], found, 1e-5f, "code " + i);
    }
    float[] decoded = onnx("net-decoder.onnx", "z", mu, 3).get(0);
    assertArrayEquals(Npy.readFloats(images).values(), decoded, 1e-5f);
  }

  private static List<float[]> onnx(String file, String input, float[] values, int columns)
      throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {values.length / columns, columns};
    List<float[]> outputs = new ArrayList<>();
    try (OrtSession session = environment.createSession(temp.resolve(file).toString());
        OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(input, x))) {
      for (var output : result) {
        FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] found = new float[buffer.remaining()];
        buffer.get(found);
        outputs.add(found);
      }
    }
    return outputs;
  }
}
