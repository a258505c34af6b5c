package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.formats.OnnxLayer.Function;

/** What is in the files, and what is refused. */
class OnnxTest {
  private static final Map<String, String> NO_METADATA = Map.of();

  @TempDir Path folder;

  /** The fields of one message by number; texts and messages as their bytes. */
  private static Map<Integer, List<Object>> fields(byte[] message) throws IOException {
    Map<Integer, List<Object>> fields = new TreeMap<>();
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Object value =
          WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT
              ? (Object) in.readInt64()
              : in.readByteArray();
      fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), k -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static String refused(Executable write) {
    String message = assertThrows(IllegalArgumentException.class, write).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void assertContains(String part, String message) {
    assertTrue(message.contains(part), message);
  }

  @Test
  void theFileBearsItsVersions() throws IOException {
    Path file = folder.resolve("encoder.onnx");
    Onnx.writeEncoder(file, OnnxNets.net(4, 3, 2), NO_METADATA, "1.2.3");
    Map<Integer, List<Object>> model = fields(Files.readAllBytes(file));
    assertEquals(List.of(8L), model.get(1), "ir_version");
    assertArrayEquals("vae-ocl".getBytes(StandardCharsets.UTF_8), (byte[]) model.get(2).get(0));
    assertArrayEquals("1.2.3".getBytes(StandardCharsets.UTF_8), (byte[]) model.get(3).get(0));
    assertEquals(1, model.get(8).size(), "opset_import");
    assertEquals(List.of(13L), fields((byte[]) model.get(8).get(0)).get(2), "opset version");
    assertFalse(model.containsKey(14), "metadata_props");
  }

  @Test
  void metadataIsPlainUtf8() throws IOException {
    Path file = folder.resolve("decoder.onnx");
    Onnx.writeDecoder(file, OnnxNets.net(4, 3, 2), Map.of("naïve", "β 𝄞"), "1");
    List<Object> entries = fields(Files.readAllBytes(file)).get(14);
    assertEquals(1, entries.size());
    Map<Integer, List<Object>> entry = fields((byte[]) entries.get(0));
    assertArrayEquals("naïve".getBytes(StandardCharsets.UTF_8), (byte[]) entry.get(1).get(0));
    assertArrayEquals("β 𝄞".getBytes(StandardCharsets.UTF_8), (byte[]) entry.get(2).get(0));
  }

  @Test
  void onlyTheWeightsInUseAreWritten() throws IOException {
    Path encoder = folder.resolve("encoder.onnx");
    Path decoder = folder.resolve("decoder.onnx");
    Onnx.writeEncoder(encoder, OnnxNets.net(40, 30, 2), NO_METADATA, "1");
    Onnx.writeDecoder(decoder, OnnxNets.net(40, 30, 2), NO_METADATA, "1");
    long encoderWeights = 4 * (40 * 30 + 30 + 2 * (30 * 2 + 2));
    long decoderWeights = 4 * (2 * 30 + 30 + 30 * 40 + 40);
    long encoderRest = Files.size(encoder) - encoderWeights;
    long decoderRest = Files.size(decoder) - decoderWeights;
    assertTrue(encoderRest > 0 && encoderRest < 700, "" + encoderRest);
    assertTrue(decoderRest > 0 && decoderRest < 700, "" + decoderRest);
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    Map<String, String> there = new LinkedHashMap<>();
    Map<String, String> back = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      there.put("key" + i, "value");
      back.put("key" + (19 - i), "value");
    }
    Map<String, FloatArray> weights = OnnxNets.net(4, 3, 2);
    List<String> names = new ArrayList<>(weights.keySet());
    Collections.reverse(names);
    Map<String, FloatArray> reversed = new LinkedHashMap<>();
    names.forEach(n -> reversed.put(n, weights.get(n)));
    Path a = folder.resolve("a.onnx");
    Path b = folder.resolve("b.onnx");
    Onnx.writeEncoder(a, weights, there, "1");
    Onnx.writeEncoder(b, reversed, back, "1");
    assertArrayEquals(Files.readAllBytes(a), Files.readAllBytes(b));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fc1.weight", "fc1.bias", "fc21.weight", "fc21.bias", "fc22.weight", "fc22.bias"})
  void aMissingWeightOfTheEncoderIsNamed(String name) {
    Map<String, FloatArray> weights = OnnxNets.net(4, 3, 2);
    weights.remove(name);
    Path file = folder.resolve("encoder.onnx");
    String message = refused(() -> Onnx.writeEncoder(file, weights, NO_METADATA, "1"));
    assertContains("The encoder needs " + name + ",", message);
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc3.weight", "fc3.bias", "fc4.weight", "fc4.bias"})
  void aMissingWeightOfTheDecoderIsNamed(String name) {
    Map<String, FloatArray> weights = OnnxNets.net(4, 3, 2);
    weights.remove(name);
    Path file = folder.resolve("decoder.onnx");
    String message = refused(() -> Onnx.writeDecoder(file, weights, NO_METADATA, "1"));
    assertContains("The decoder needs " + name + ",", message);
    assertFalse(Files.exists(file));
  }

  private String refusedWith(String name, int... shape) {
    Map<String, FloatArray> weights = OnnxNets.net(4, 3, 2);
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    weights.put(name, new FloatArray(shape, new float[count]));
    Path file = folder.resolve("encoder.onnx");
    return refused(() -> Onnx.writeEncoder(file, weights, NO_METADATA, "1"));
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    assertContains(
        "fc21.weight is [2, 5], but its input h1 has 3 columns", refusedWith("fc21.weight", 2, 5));
    assertContains("fc1.bias is [4], but fc1.weight is [3, 4]", refusedWith("fc1.bias", 4));
    assertContains("fc1.bias is [3, 1], but fc1.weight", refusedWith("fc1.bias", 3, 1));
    assertContains("fc1.weight is [12], but a matrix", refusedWith("fc1.weight", 12));
    assertContains("fc22.weight is [2, 3, 1], but a matrix", refusedWith("fc22.weight", 2, 3, 1));
  }

  @Test
  void graphsThatDoNotHangTogetherAreRefused() {
    Map<String, FloatArray> weights = OnnxNets.net(4, 3, 2);
    OnnxLayer fc1 = new OnnxLayer("h1", "image", "fc1", Function.RELU);
    OnnxLayer fc21 = new OnnxLayer("mu", "h1", "fc21", Function.NONE);
    OnnxLayer twice = new OnnxLayer("h1", "h1", "fc21", Function.NONE);
    List<String> mu = List.of("mu");
    assertContains(
        "No layer produces h1",
        refused(() -> OnnxGraph.ofLayers("g", "image", List.of(fc21, fc1), mu, weights)));
    assertContains(
        "No layer produces mu",
        refused(() -> OnnxGraph.ofLayers("g", "image", List.of(fc1), mu, weights)));
    assertContains(
        "No layer produces image",
        refused(() -> OnnxGraph.ofLayers("g", "image", List.of(), mu, weights)));
    assertContains(
        "Two values are named h1",
        refused(
            () -> OnnxGraph.ofLayers("g", "image", List.of(fc1, twice), List.of("h1"), weights)));

    List<OnnxGraph.Value> x = List.of(new OnnxGraph.Value("x", 2));
    List<OnnxGraph.Value> y = List.of(new OnnxGraph.Value("y", 2));
    OnnxNode relu = OnnxNode.relu("y", "h");
    assertContains(
        "Relu reads h", refused(() -> new OnnxGraph("g", x, y, List.of(relu), Map.of())));
    assertContains(
        "Nothing produces the output y",
        refused(() -> new OnnxGraph("g", x, y, List.of(), Map.of())));
    assertContains("y has 0 columns", refused(() -> new OnnxGraph.Value("y", 0)));
  }

  @Test
  void aWeightThatIsNotFiniteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("decoder.onnx");
    Map<String, FloatArray> weights = OnnxNets.net(4, 3, 2);
    Onnx.writeDecoder(file, weights, NO_METADATA, "1");
    byte[] before = Files.readAllBytes(file);
    weights.get("fc4.bias").values()[2] = Float.NaN;
    String message =
        assertThrows(
                FormatException.class, () -> Onnx.writeDecoder(file, weights, NO_METADATA, "1"))
            .getMessage();
    assertContains(file + ": tensor fc4.bias holds NaN at index 2", message);
    assertArrayEquals(before, Files.readAllBytes(file));
    Onnx.writeEncoder(file, weights, NO_METADATA, "1"); // does not use fc4
    assertFalse(Arrays.equals(before, Files.readAllBytes(file)));
  }

  @Test
  void aNetBeyondTwoGigabytesIsRefusedInOneLine() {
    FloatArray shared = new FloatArray(new int[] {1 << 20}, new float[1 << 20]);
    Map<String, FloatArray> many = new LinkedHashMap<>();
    for (int i = 0; i < 512; i++) {
      many.put("w" + i, shared);
    }
    List<OnnxGraph.Value> x = List.of(new OnnxGraph.Value("x", 2));
    OnnxGraph graph = new OnnxGraph("g", x, x, List.of(), many);
    Path file = folder.resolve("large.onnx");
    String message =
        assertThrows(FormatException.class, () -> Onnx.write(file, graph, NO_METADATA, "1"))
            .getMessage();
    assertContains(file + ": not written: the net takes 21474", message);
    assertFalse(Files.exists(file));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("none").resolve("encoder.onnx");
    String message =
        assertThrows(
                FormatException.class,
                () -> Onnx.writeEncoder(file, OnnxNets.net(4, 3, 2), NO_METADATA, "1"))
            .getMessage();
    assertEquals(file + ": cannot be written: its folder does not exist", message);
  }
}
