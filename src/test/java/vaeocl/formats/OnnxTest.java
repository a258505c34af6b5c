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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

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

  /** One layer. */
  private static Map<String, FloatArray> weights() {
    Map<String, FloatArray> weights = new LinkedHashMap<>();
    weights.put("fc4.weight", new FloatArray(new int[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6}));
    weights.put("fc4.bias", new FloatArray(new int[] {3}, new float[] {7, 8, 9}));
    return weights;
  }

  private static OnnxGraph graph(Map<String, FloatArray> weights) {
    return new OnnxGraph(
        "decoder",
        List.of(new OnnxGraph.Value("z", 2)),
        List.of(new OnnxGraph.Value("image", 3)),
        List.of(OnnxNode.gemm("image", "z", "fc4.weight", "fc4.bias")),
        weights);
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
    Onnx.write(file, graph(weights()), NO_METADATA, "1.2.3");
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
    Onnx.write(file, graph(weights()), Map.of("naïve", "β 𝄞"), "1");
    List<Object> entries = fields(Files.readAllBytes(file)).get(14);
    assertEquals(1, entries.size());
    Map<Integer, List<Object>> entry = fields((byte[]) entries.get(0));
    assertArrayEquals("naïve".getBytes(StandardCharsets.UTF_8), (byte[]) entry.get(1).get(0));
    assertArrayEquals("β 𝄞".getBytes(StandardCharsets.UTF_8), (byte[]) entry.get(2).get(0));
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    Map<String, String> there = new LinkedHashMap<>();
    Map<String, String> back = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      there.put("key" + i, "value");
      back.put("key" + (19 - i), "value");
    }
    Map<String, FloatArray> weights = weights();
    Path a = folder.resolve("a.onnx");
    Path b = folder.resolve("b.onnx");
    Onnx.write(a, graph(weights), there, "1");
    Onnx.write(b, graph(weights()), back, "1");
    assertArrayEquals(Files.readAllBytes(a), Files.readAllBytes(b));
  }

  @Test
  void graphsThatDoNotHangTogetherAreRefused() {
    List<OnnxGraph.Value> x = List.of(new OnnxGraph.Value("x", 2));
    List<OnnxGraph.Value> y = List.of(new OnnxGraph.Value("y", 2));
    OnnxNode relu = OnnxNode.elementwise("Relu", "y", "h");
    assertContains(
        "Relu reads h", refused(() -> new OnnxGraph("g", x, y, List.of(relu), Map.of())));
    assertContains(
        "Nothing produces the output y",
        refused(() -> new OnnxGraph("g", x, y, List.of(), Map.of())));
    assertContains(
        "Two values are named x",
        refused(
            () ->
                new OnnxGraph(
                    "g", x, x, List.of(OnnxNode.elementwise("Relu", "x", "x")), Map.of())));
    assertContains("y has 0 columns", refused(() -> new OnnxGraph.Value("y", 0)));
  }

  @Test
  void aWeightThatIsNotFiniteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("decoder.onnx");
    Map<String, FloatArray> weights = weights();
    Onnx.write(file, graph(weights), NO_METADATA, "1");
    byte[] before = Files.readAllBytes(file);
    weights.get("fc4.bias").values()[2] = Float.NaN;
    String message =
        assertThrows(
                FormatException.class, () -> Onnx.write(file, graph(weights), NO_METADATA, "1"))
            .getMessage();
    assertContains(file + ": tensor fc4.bias holds NaN at index 2", message);
    assertArrayEquals(before, Files.readAllBytes(file));
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
                FormatException.class, () -> Onnx.write(file, graph(weights()), NO_METADATA, "1"))
            .getMessage();
    assertEquals(file + ": cannot be written: its folder does not exist", message);
  }
}
