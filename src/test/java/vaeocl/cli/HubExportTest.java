package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import vaeocl.formats.FloatArray;
import vaeocl.formats.Safetensors;

/** {@code export --hub}. */
class HubExportTest {
  private static final String HOSTILE = "it's \"a\": b #1 <i>&amp; [x](y) `z` 'q'";

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, "--batch-size", 64);
    run = temp.resolve("run");
    training.ok(run, 3, "--hidden", 30);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** The head of a card, as others read it. */
  private static Map<String, Object> head(Path folder) throws IOException {
    String[] parts = Files.readString(folder.resolve("README.md")).split("(?m)^---$", 3);
    assertEquals("", parts[0]);
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(parts[1]);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> result(Map<String, Object> head) {
    Map<String, Object> index = ((List<Map<String, Object>>) head.get("model-index")).get(0);
    return ((List<Map<String, Object>>) index.get("results")).get(0);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Double> metrics(Map<String, Object> head) {
    Map<String, Double> found = new LinkedHashMap<>();
    for (Map<String, Object> m : (List<Map<String, Object>>) result(head).get("metrics")) {
      found.put((String) m.get("name"), ((Number) m.get("value")).doubleValue());
    }
    return found;
  }

  @Test
  void aRunBecomesAFolderWithItsFigures() throws IOException {
    Path hub = temp.resolve("hub");
    CommandRun.ok("export", run, "--hub", hub);
    assertEquals(
        List.of("README.md", "config.json", "model.safetensors", "report.html"), files(hub));
    Safetensors model = Safetensors.read(hub.resolve("model.safetensors"));
    assertEquals("pt", model.metadata().get("format"));
    Map<String, FloatArray> own = Safetensors.read(run.resolve("model.safetensors")).tensors();
    assertEquals(new TreeSet<>(own.keySet()), new TreeSet<>(model.tensors().keySet()));
    own.forEach(
        (name, tensor) ->
            assertArrayEquals(tensor.values(), model.tensors().get(name).values(), name));
    assertArrayEquals(
        Files.readAllBytes(run.resolve("report.html")),
        Files.readAllBytes(hub.resolve("report.html")));

    JsonNode config = new ObjectMapper().readTree(hub.resolve("config.json").toFile());
    assertEquals("[30]", config.path("hidden").toString());
    assertEquals("3", config.path("epochs").toString());
    assertFalse(config.toString().contains(temp.toString()), config.toString());

    Map<String, Object> head = head(hub);
    assertEquals("vae-ocl", head.get("library_name"));
    JsonNode eval =
        CommandRun.json(
            "eval",
            hub.resolve("model.safetensors"),
            "--data",
            training.digits(),
            "--device",
            "Portable");
    Map<String, Double> metrics = metrics(head);
    assertEquals(6, metrics.size());
    assertEquals(eval.path("psnr").asDouble(), metrics.get("PSNR in dB, sampled z"), 1e-4);
    assertEquals(eval.path("ssim_mean").asDouble(), metrics.get("SSIM, mean z"), 1e-5);
  }

  @Test
  void aFileHasNoFigures() throws IOException {
    Path hub = temp.resolve("of-file");
    String said = CommandRun.ok("export", run.resolve("model.safetensors"), "--hub", hub);
    assertTrue(said.contains("No figures"), said);
    assertEquals(List.of("README.md", "config.json", "model.safetensors"), files(hub));
    assertFalse(head(hub).containsKey("model-index"));
    assertFalse(Files.readString(hub.resolve("README.md")).contains("Figures"));
  }

  @Test
  void anExportReplacesAnEarlierOneAndNothingElse() throws IOException {
    Path hub = temp.resolve("again");
    CommandRun.ok("export", run, "--hub", hub);
    CommandRun.ok("export", run.resolve("model.safetensors"), "--hub", hub);
    assertFalse(Files.exists(hub.resolve("report.html")), "of the earlier model");
    byte[] before = Files.readAllBytes(run.resolve("config.json"));
    CommandRun.assertRefused(
        CommandRun.run("export", run, "--hub", run), "holds a config.json already");
    assertArrayEquals(before, Files.readAllBytes(run.resolve("config.json")));
    CommandRun.assertRefused(CommandRun.run("export", run), "--onnx FILE or --hub DIR");
  }

  @Test
  void namesBreakNeitherYamlNorMarkdown() throws IOException {
    Safetensors model = Safetensors.read(run.resolve("model.safetensors"));
    Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
    metadata.put("dataset", HOSTILE + "\n---\nlicense: \"mine\"");
    Path folder = Files.createDirectories(temp.resolve("named"));
    Safetensors.write(folder.resolve("a.safetensors"), model.tensors(), metadata);
    Path hub = folder.resolve(HOSTILE);
    CommandRun.ok("export", folder.resolve("a.safetensors"), "--hub", hub);
    assertEquals("apache-2.0", head(hub).get("license"));
    String body = Files.readString(hub.resolve("README.md"));
    assertFalse(body.contains("<i>") || body.contains("\n---\nlicense: \"mine\""), body);

    Path named = Files.createDirectories(folder.resolve("2 " + HOSTILE));
    CommandRun.ok("export", run, "--hub", named);
    Map<String, Object> head = head(named);
    Object index = ((List<?>) head.get("model-index")).get(0);
    assertEquals("2 " + HOSTILE, ((Map<?, ?>) index).get("name"));
  }

  @Test
  void theCodeOfADeepNetHasItsSizes() throws IOException {
    Path deep = temp.resolve("deep");
    training.ok(deep, 1, "--no-report", "--hidden", "24,16", "--activation", "tanh");
    Path hub = temp.resolve("deep-hub");
    String said = CommandRun.ok("export", deep, "--hub", hub);
    assertTrue(said.contains("No report.html"), said);
    String card = Files.readString(hub.resolve("README.md"));
    assertTrue(card.contains("widths, latent = (784, 24, 16), 2"), card);
    assertTrue(card.contains("torch.tanh("), card);
  }
}
