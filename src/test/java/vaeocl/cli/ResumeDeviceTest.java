package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Safetensors;

/** The device that a run goes on with. */
class ResumeDeviceTest {
  /** PoCL shows its CPU as two devices of one name. */
  private static final Map<String, String> TWINS =
      Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString(), "POCL_DEVICES", "pthread pthread");

  @TempDir static Path temp;
  private static SmallTraining training;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 40, "--hidden", 20, "--no-report");
  }

  private static JsonNode device(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("config.json").toFile()).get("device");
  }

  @Test
  void ofTwoOfOneNameTheRunsOwn() throws Exception {
    Path run = temp.resolve("twin");
    String[] args = training.command(run, 1);
    args[List.of(args).indexOf("Portable")] = "1";
    assertEquals(0, ChildJvm.run(TWINS, List.of(), args).status());
    assertEquals(1, device(run).get("ordinal").asInt());
    assertEquals("1", device(run).get("option").asText());
    ChildJvm.Result again =
        ChildJvm.run(
            TWINS, List.of(), "train", "--resume", run.toString(), "--epochs=2", "--no-report");
    assertEquals("", again.err());
    assertTrue(again.out().contains("Device: 1 ("), again.out());
    assertEquals(1, device(run).get("ordinal").asInt());
  }

  /** A run whose device is not here: as on another machine. */
  private static Path elsewhere(String name, String key, String value) throws IOException {
    Path run = temp.resolve(name);
    training.ok(run, 1);
    Path file = run.resolve("checkpoint.safetensors");
    Safetensors found = Safetensors.read(file);
    Map<String, String> metadata = new TreeMap<>(found.metadata());
    ObjectNode config = (ObjectNode) new ObjectMapper().readTree(metadata.get("config"));
    ((ObjectNode) config.get("device")).put("name", "pthread-other").put(key, value);
    metadata.put("config", config.toPrettyString());
    metadata.put(Safetensors.CHECKSUM, new Safetensors(found.tensors(), metadata).checksum());
    Safetensors.write(file, found.tensors(), metadata);
    Files.writeString(run.resolve("config.json"), config.toPrettyString());
    return run;
  }

  private static Outcome resume(Path run) {
    return CommandRun.run("train", "--resume", run, "--epochs", 2, "--no-report");
  }

  @Test
  void anotherOfItsKindWithOneWarning() throws IOException {
    Outcome o = resume(elsewhere("moved", "option", "pthread-other"));
    assertEquals(0, o.status(), o.err());
    assertEquals(1, o.err().strip().lines().count(), o.err());
    assertTrue(o.err().contains("(pthread-other) is not here"), o.err());
    assertTrue(o.err().contains("figures may differ in their last digits"), o.err());
  }

  @Test
  void noneOfItsKindIsRefusedAndTheOthersAreSaid() throws IOException {
    assertRefused(resume(elsewhere("gpu", "kind", "GPU")), "choose with --device from: 0 (");
  }
}
