package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;

/** Published settings, trained for an epoch or two on a few digits. */
class ReproduceCommandTest {
  @TempDir static Path temp;
  private static SmallTraining training;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 300, 40);
  }

  private static Outcome run(Path out, int epochs, Object... more) {
    List<Object> words = new ArrayList<>(List.of("reproduce", "--data", training.digits()));
    words.addAll(List.of("--device", "Portable", "--out", out, "--epochs", epochs));
    words.addAll(List.of(more));
    return CommandRun.run(words.toArray());
  }

  private static String ok(Path out, int epochs, Object... more) {
    Outcome o = run(out, epochs, more);
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    return o.out();
  }

  private static String row(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void obtainedStandsBesidePublished() throws IOException {
    Path out = temp.resolve("two");
    String text = ok(out, 1, "bits-back", "notebook", "--seeds", 2);
    double first = bits(out.resolve("bits-back-seed1"));
    double second = bits(out.resolve("bits-back-seed2"));
    assertTrue(first != second, "seeds differ");
    String obtained =
        "%.4f ± %.4f".formatted((first + second) / 2, Math.abs(first - second) / Math.sqrt(2));
    String bits = row(text, "bits-back  ");
    assertTrue(bits.contains(obtained), bits + " has not " + obtained);
    assertTrue(bits.contains("0.19  bits a pixel"), bits);
    assertTrue(row(text, "notebook  ").contains("14.172"), text);
    assertTrue(text.contains("the published are MNIST's"), text);
    assertTrue(text.indexOf("bits-back,") < text.indexOf("notebook,"), "in the order given");
    assertFalse(text.contains("iwae"), "nothing else");

    String before = Files.getLastModifiedTime(model(out, "bits-back-seed1")).toString();
    List<JsonNode> again = json(run(out, 1, "bits-back", "--json"));
    assertEquals(1, again.size(), "a figure");
    JsonNode found = again.get(0);
    assertEquals(first, found.get("obtained").asDouble(), 0);
    assertEquals(0.19, found.get("published").asDouble(), 0);
    assertEquals(20, found.get("published_epochs").asInt());
    assertEquals(1, found.get("epochs").asInt());
    assertTrue(found.get("spread").isNull());
    String after = Files.getLastModifiedTime(model(out, "bits-back-seed1")).toString();
    assertEquals(before, after, "not trained again");
  }

  private static Path model(Path out, String run) {
    return out.resolve(run).resolve("model.safetensors");
  }

  private static double bits(Path run) throws IOException {
    return CommandRun.json("eval", run).get("bits_per_dim").asDouble();
  }

  /** Standard output alone is JSON. */
  private static List<JsonNode> json(Outcome o) throws IOException {
    assertEquals(0, o.status(), o.err());
    List<JsonNode> objects = new ArrayList<>();
    for (String line : o.out().lines().toList()) {
      objects.add(new ObjectMapper().readTree(line));
    }
    return objects;
  }

  @Test
  void moreEpochsGoOn() throws IOException {
    Path parted = temp.resolve("parted");
    ok(parted, 1, "notebook");
    String on = ok(parted, 2, "notebook");
    assertTrue(on.contains("Going on with epoch 2 of 2"), on);
    Path whole = temp.resolve("whole");
    ok(whole, 2, "notebook");
    assertArrayEquals(
        Files.readAllBytes(model(whole, "notebook-seed1")),
        Files.readAllBytes(model(parted, "notebook-seed1")));
    assertRefused(run(parted, 1, "notebook"), "has 2 epochs already, not 1");
  }

  @Test
  void aPaperWithTwoTrainingsHasBoth() throws IOException {
    Path out = temp.resolve("iwae");
    List<JsonNode> found = json(run(out, 1, "iwae-paper", "--json"));
    assertEquals(List.of(86.76, 84.78), values(found, "published"));
    assertEquals(List.of(5000.0, 5000.0), values(found, "iw_samples"));
    for (JsonNode each : found) {
      assertTrue(each.get("spread").asDouble() > 0, "a standard error: " + each);
      assertTrue(each.get("obtained").asDouble() > 50, "nats, lost: " + each);
    }
    JsonNode config =
        new ObjectMapper().readTree(out.resolve("iwae-paper-k-50-seed1/config.json").toFile());
    assertEquals("iwae", config.get("objective").asText());
    assertEquals(50, config.get("samples").asInt());
    assertEquals("tanh", config.get("activation").asText());
  }

  private static List<Double> values(List<JsonNode> objects, String key) {
    return objects.stream().map(o -> o.get(key).asDouble()).toList();
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Path out = temp.resolve("mistakes");
    assertRefused(run(out, 1, "--seeds", 0), "--seeds takes a number from 1 to 1000, not 0");
    assertRefused(run(out, 0), "--epochs must be at least 1, not 0");
    assertRefused(run(out, 1, "bits-bak"), "expected one of notebook, pytorch-example");
    assertFalse(Files.exists(out), "found out before anything is trained");

    training.ok(out.resolve("bits-back-seed1"), 1);
    assertRefused(run(out, 1, "bits-back"), "holds another training than bits-back, seed 1");
    ok(out, 1, "notebook");
    Path others = TestData.digitsFolder(temp.resolve("others"), 200, 40);
    List<Object> words = List.of("reproduce", "notebook", "--data", others, "--out", out);
    assertRefused(CommandRun.run(words.toArray()), "these are not the images of the run");
  }
}
