package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertFails;
import static vaeocl.cli.CommandRun.assertRefused;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.FloatArray;
import vaeocl.formats.Safetensors;

/** Perfect images, and nets whose numbers pass what single precision holds. */
class OverflowTest {
  @TempDir static Path temp;
  private static SmallTraining training;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 40, "--hidden", 20);
    TestData.blankFolder(temp.resolve("black"), 300, 40, 28, 28);
  }

  /** A model whose last bias draws black to the last bit, or with weights that overflow. */
  private static Path spoiled(String name, String tensor, float value) throws IOException {
    Path run = temp.resolve("whole");
    if (!Files.exists(run)) {
      training.ok(run, 1, "--no-report");
    }
    Safetensors model = Safetensors.read(run.resolve("model.safetensors"));
    Map<String, FloatArray> tensors = new HashMap<>(model.tensors());
    float[] values = new float[tensors.get(tensor).values().length];
    java.util.Arrays.fill(values, value);
    tensors.put(tensor, new FloatArray(tensors.get(tensor).shape(), values));
    Path file = temp.resolve(name + ".safetensors");
    Safetensors.write(file, tensors, model.metadata());
    return file;
  }

  @Test
  void aStepThatOverflowsEndsBenchAndProfileWithALine() {
    Path black = temp.resolve("black");
    for (String command : List.of("bench", "profile")) {
      Outcome o = CommandRun.run(command, "--data", black, "--learning-rate", "1e30");
      assertEquals(Cli.FAILED, o.status(), o.err());
      assertTrue(o.err().startsWith("vae-ocl: the loss is not finite at step "), o.err());
      assertTrue(o.err().endsWith("; try a lower --learning-rate\n"), o.err());
    }
  }

  @Test
  void perfectImagesHaveAFiniteMean() throws IOException {
    Path black = temp.resolve("black");
    Path perfect = spoiled("perfect", "fc4.bias", -1e6f);
    Outcome eval = CommandRun.run("eval", perfect, "--data", black, "--json");
    assertEquals(0, eval.status(), eval.err());
    assertTrue(eval.err().contains("not the images that the model was trained with"), eval.err());
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(eval.out());
    assertEquals(144.494, json.get("psnr").asDouble(), 1e-3);
    assertEquals(0, json.get("mse").asDouble());
    Path run = temp.resolve("perfect");
    Object[] more = {"--data", black, "--init-from", perfect, "--no-report", "--epochs"};
    Outcome o = CommandRun.run(concat(more, 1, "--out", run, "--device", "Portable"));
    assertEquals(0, o.status(), o.err());
    String csv = Files.readString(run.resolve("metrics.csv"));
    assertFalse(csv.contains("Inf") || csv.contains("NaN"), csv);
    CommandRun.ok("train", "--resume", run, "--epochs", 2);
  }

  private static Object[] concat(Object[] first, Object... more) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.concat(
                java.util.stream.Stream.of("train"), java.util.Arrays.stream(first)),
            java.util.Arrays.stream(more))
        .toArray();
  }

  @Test
  void whatOverflowsIsAFailedRun() throws IOException {
    Path net = spoiled("overflow", "fc22.bias", 300f);
    Path digits = training.digits();
    assertFails(CommandRun.run("eval", net, "--data", digits), 1, "the model overflows");
    Outcome z =
        CommandRun.run(
            "reconstruct", net, "--data", digits, "--z", "sampled", "--out", temp.resolve("x.npy"));
    assertFails(z, 1, "the model overflows: pixels of image");
    Path wide = spoiled("wide", "fc1.weight", 3e38f);
    assertFails(
        CommandRun.run("encode", wide, "--data", digits, "--out", temp.resolve("x.npy")),
        1,
        "the model overflows: mu and logvar of image");
    assertTrue(Files.notExists(temp.resolve("x.npy")));
  }

  @Test
  void anOverflowNamesEpochStepAndTheWayOn() {
    Path run = temp.resolve("diverged");
    Outcome o = training.run(run, 2, "--batch-size", 200, "--learning-rate", "1e38");
    assertFails(o, 1, "after step 1, in epoch 1; train again with a lower --learning-rate");
  }

  @Test
  void figuresOfOlderVersionsDoNotKeepARunFromGoingOn() throws IOException {
    Path run = StoredRun.copy(temp.resolve("old run"));
    Path digits = TestData.digitsFolder(temp.resolve("stored digits"), 300, 45);
    Path csv = run.resolve("metrics.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    String[] fields = lines.get(1).split(",", -1);
    fields[5] = "Infinity";
    fields[8] = "NaN";
    lines.set(1, String.join(",", fields));
    Files.write(csv, lines);
    Outcome report = CommandRun.run("report", run, "--data", digits);
    assertEquals(0, report.status(), report.err());
    Outcome resumed = CommandRun.run("train", "--resume", run, "--data", digits, "--epochs", 3);
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(4, Files.readAllLines(csv).size());
  }

  @Test
  void damagedMetricsBesideASoundCheckpointHaveAWayOut() throws IOException {
    Path run = temp.resolve("damaged run");
    training.ok(run, 1);
    Path csv = run.resolve("metrics.csv");
    Files.writeString(csv, "rubbish\n");
    Outcome o = CommandRun.run("train", "--resume", run, "--epochs", 3);
    assertRefused(o, "metrics.csv: was edited since the run wrote it");
    String line = "train --init-from '" + run.resolve("checkpoint.safetensors") + "'";
    assertTrue(o.err().contains(line), o.err());
    CommandRun.ok(
        concat(
            new Object[] {"--init-from", run.resolve("checkpoint.safetensors")},
            "--data",
            training.digits(),
            "--epochs",
            1,
            "--out",
            temp.resolve("other"),
            "--no-report"));
    String config = Files.readString(temp.resolve("other").resolve("config.json"));
    assertTrue(List.of(config.split("\"", -1)).contains(run + "/checkpoint.safetensors"), config);
  }
}
