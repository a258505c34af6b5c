package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.CommandRun.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;

/** bench, profile and check say what they promise; how fast is not for a test to judge. */
class BenchCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temp;
  private static Path digits;

  @BeforeAll
  static void draw() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    digits = TestData.digitsFolder(temp.resolve("digits"), 700, 30);
  }

  @Test
  void benchWritesItsFigures() throws IOException {
    Path file = temp.resolve("bench.json");
    Outcome o =
        run(
            "bench",
            "--data",
            digits.toString(),
            "--device",
            "Portable",
            "--repeats",
            "1",
            "--json",
            file.toString());
    assertEquals(0, o.status(), o.err());
    JsonNode figures = JSON.readTree(file.toFile());
    for (String key :
        List.of(
            "train_epoch_s",
            "eval_s",
            "eval_sampled_s",
            "ssim_s",
            "images_per_s",
            "gflops_nominal",
            "gflops_executed",
            "peak_gflops",
            "peak_share",
            "copy_gbps",
            "data_density")) {
      assertTrue(figures.path(key).asDouble() > 0, key + " in " + figures);
    }
    double nominal = figures.get("gflops_nominal").asDouble();
    assertTrue(figures.get("gflops_executed").asDouble() < nominal, "zeros are skipped");
    assertTrue(figures.get("data_density").asDouble() < 0.3);
    Set<String> names = new HashSet<>();
    for (JsonNode product : figures.get("products")) {
      names.add(product.get("name").asText());
      double ours = product.get("kernel_gflops").asDouble();
      assertTrue(ours > 0 && ours < 1.2 * figures.get("peak_gflops").asDouble(), o.out());
    }
    assertEquals(Set.of("fc1", "fc4", "dH3", "dW4", "dW1"), names);
  }

  @Test
  void benchRefusesAProductItDoesNotKnow() {
    Outcome o =
        run(
            "bench",
            "--data",
            digits.toString(),
            "--device",
            "Portable",
            "--repeats",
            "1",
            "--only",
            "fc9");
    assertEquals(Cli.USER_ERROR, o.status());
    assertTrue(o.err().startsWith("vae-ocl: --only fc9 names no product"), o.err());
  }

  @Test
  void profileCoversEveryOperationOfAStepAndWritesATrace() throws IOException {
    Path trace = temp.resolve("trace.json");
    Outcome o =
        run(
            "profile",
            "--data",
            digits.toString(),
            "--device",
            "Portable",
            "--steps",
            "4",
            "--trace",
            trace.toString());
    assertEquals(0, o.status(), o.err());
    for (String operation :
        List.of(
            "Gather",
            "Dense h1",
            "Latent z",
            "Reconstruction dLogit",
            "DenseBackward dh1",
            "LatentBackward dHeads",
            "AdamStep fc1.weight",
            "AdamStep fc4.weight")) {
      assertTrue(o.out().contains(operation), operation + " in " + o.out());
    }
    assertTrue(o.out().contains("One launch does them all"), o.out());
    int chunks = 0;
    Set<String> kernels = new HashSet<>();
    Map<Integer, Double> ends = new HashMap<>();
    for (JsonNode event : JSON.readTree(trace.toFile()).get("traceEvents")) {
      if (event.get("ph").asText().equals("X")) {
        chunks++;
        kernels.add(event.get("name").asText());
        double start = event.get("ts").asDouble();
        double duration = event.get("dur").asDouble();
        int thread = event.get("tid").asInt();
        assertTrue(duration > 0, event.toString());
        double end = ends.getOrDefault(thread, Double.NEGATIVE_INFINITY);
        assertTrue(start >= end - 0.01, "a thread does one thing after the other: " + event);
        ends.put(thread, start + duration);
      }
    }
    assertTrue(chunks > 0 && chunks % 4 == 0, chunks + " chunks in 4 steps");
    assertTrue(
        kernels.containsAll(Set.of("gather", "dense_forward", "dense_gradient_adam")),
        kernels.toString());
    assertFalse(Files.readString(trace).contains("NaN"));
  }

  @Test
  void profilesFiguresAreWrittenAsJson() throws IOException {
    Path json = temp.resolve("profile.json");
    String[] args = {
      "profile",
      "--data",
      digits.toString(),
      "--device",
      "Portable",
      "--steps",
      "2",
      "--tiling",
      "gpu",
      "--json",
      json.toString()
    };
    Outcome o = run((Object[]) args);
    assertEquals(0, o.status(), o.err());
    JsonNode figures = JSON.readTree(json.toFile());
    assertEquals("gpu", figures.get("tiling").asText());
    assertEquals(4, figures.get("launches_per_step").asInt());
    assertEquals(4, figures.get("kernels").size());
    assertTrue(figures.get("step_us").asDouble() > 0, figures.toString());
    assertEquals("update", figures.get("kernels").get(3).get("kernel").asText());
    assertTrue(figures.get("kernels").get(3).get("ceiling_share").asDouble() > 0);
    assertTrue(figures.has("launch_gap_us"), figures.toString());
  }

  /** PoCL launches the parts of the update apart. */
  @Test
  void profileAndBenchTakeOtherNets() throws IOException {
    Path json = temp.resolve("deep.json");
    List<String> net = List.of("--hidden", "512,256", "--latent", "32");
    List<String> on = List.of("--data", digits.toString(), "--device", "Portable");
    List<Object> profile = new ArrayList<>(List.of("profile", "--tiling", "gpu", "--steps", "1"));
    Stream.of(net, on, List.of("--json", json)).forEach(profile::addAll);
    Outcome o = run(profile.toArray());
    assertEquals(0, o.status(), o.err());
    JsonNode figures = JSON.readTree(json.toFile());
    int launches = figures.get("launches_per_step").asInt();
    assertTrue(launches > 5 && launches <= 12, launches + " launches: " + o.out());
    assertTrue(o.out().contains("Gradient ddecoder.1.weight"), o.out());
    List<Object> bench = new ArrayList<>(List.of("bench", "--repeats", "1", "--only", "encoder.1"));
    Stream.of(net, on).forEach(bench::addAll);
    String out = ok(bench.toArray());
    assertTrue(
        out.lines().anyMatch(l -> l.startsWith("encoder.1 ") && l.contains("x512x256")), out);
  }

  @Test
  void aBatchOfMoreImagesThanThereAreIsRefused() {
    for (String command : List.of("bench", "profile", "tune")) {
      Outcome o = run(command, "--data", digits, "--device", "Portable", "--batch-size", "1000000");
      assertEquals(Cli.USER_ERROR, o.status());
      assertTrue(o.err().startsWith("vae-ocl: --batch-size 1000000 is larger than"), o.err());
    }
  }

  @Test
  void profileWithoutFusionsShowsEachOperationByItself() {
    String out =
        ok(
            "profile",
            "--data",
            digits,
            "--device",
            "Portable",
            "--tiling",
            "gpu",
            "--steps",
            "4",
            "--no-fuse");
    for (String kernel : List.of("reconstruction", "dense_gradient", "adam_step")) {
      assertTrue(out.lines().anyMatch(l -> l.startsWith(kernel + " ")), out);
    }
    assertFalse(out.contains(" + "), out);
    // 7 forward, 4 back, 4 gradients, weight and bias of 4 layers.
    assertTrue(out.contains(" in 23 launches"), out);
  }

  @Test
  void checkWithoutFusionsRunsEachOperationByItself() {
    String[] args = {"check", "--device", "Portable", "--small", "--only", "AdamStep"};
    String fused = ok((Object[]) args);
    assertTrue(fused.contains("\ndense_gradient_adam "), fused);

    List<Object> all = new ArrayList<>(List.of(args));
    all.add("--no-fuse");
    String single = ok(all.toArray());
    assertFalse(single.contains("dense_gradient_adam"), single);
    assertTrue(single.contains("\ndense_gradient + adam_step "), single);
  }
}
