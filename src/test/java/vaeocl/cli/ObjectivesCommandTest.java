package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Safetensors;

/** Objectives from the command line: what they leave, what goes on, what is refused. */
class ObjectivesCommandTest {
  @TempDir static Path temp;
  private static SmallTraining training;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, "--hidden", 30);
  }

  private static String[] row(Path run, int epoch) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).get(epoch).split(",", -1);
  }

  /** All that a resumption has to bring along beyond what the default has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--likelihood gaussian --validation 50 --kl-warmup 2",
        "--likelihood bernoulli --binarize dynamic --free-bits 0.1 --schedule cosine",
        "--likelihood bernoulli --binarize fixed --objective iwae --samples 3",
        "--likelihood continuous-bernoulli --activation tanh"
      })
  void interruptedRunsEndAlike(String options) throws IOException {
    Path whole = Files.createTempDirectory(temp, "whole").resolve("run");
    Object[] more = options.split(" ", -1);
    Outcome o = training.run(whole, 3, more);
    assertEquals(0, o.status(), o.err());
    Path parted = Files.createTempDirectory(temp, "parted").resolve("run");
    List<Object> all = new java.util.ArrayList<>(List.of(more));
    all.addAll(List.of("--checkpoint-every", 2));
    Outcome first = training.run(parted, 3, all.toArray());
    assertEquals(0, first.status(), first.err());
    SmallTraining.assertSame(whole, parted, "the same run");
    if (!options.contains("cosine")) {
      Path longer = Files.createTempDirectory(temp, "longer").resolve("run");
      assertEquals(0, training.run(longer, 1, more).status());
      assertEquals("", CommandRun.run("train", "--resume", longer, "--epochs", 3).err());
      SmallTraining.assertSame(whole, longer, "the run without interruption");
    }
  }

  @Test
  void aGaussiansVarianceIsTheEpochsSquaredError() throws IOException {
    Path run = temp.resolve("gaussian");
    training.ok(run, 2, "--likelihood", "gaussian");
    double first = Double.parseDouble(row(run, 1)[14]);
    double second = Double.parseDouble(row(run, 2)[14]);
    double stored =
        Double.parseDouble(
            Safetensors.read(run.resolve("model.safetensors")).metadata().get("variance"));
    assertEquals(second, stored, 1e-8);
    // recon = squares / 2σ² + 392·ln(2πσ²), σ² being the line before's, and the squares this one's
    double recon = Double.parseDouble(row(run, 2)[2]);
    double squares = second * 784;
    assertEquals(
        squares / (2 * first) + 392 * Math.log(2 * Math.PI * first), recon, 1e-6 * Math.abs(recon));
  }

  @Test
  void evalSaysWhatIsKnown() throws IOException {
    Path run = temp.resolve("eval");
    training.ok(run, 2, "--likelihood", "bernoulli", "--binarize", "fixed");
    JsonNode found = CommandRun.json("eval", run, "--iwae-samples", 20, "--knn");
    double elbo = found.get("elbo").asDouble();
    assertEquals(-found.get("recon").asDouble() - found.get("kl").asDouble(), elbo, 1e-9);
    assertEquals(-elbo / 784 / Math.log(2), found.get("bits_per_dim").asDouble(), 1e-9);
    assertTrue(found.get("iw_log_likelihood").asDouble() > elbo, found.toString());
    assertTrue(found.get("iw_standard_error").asDouble() > 0, found.toString());
    double kl = found.get("kl_z1").asDouble() + found.get("kl_z2").asDouble();
    assertEquals(found.get("kl").asDouble(), kl, 1e-4 * kl);
    assertTrue(found.get("knn_accuracy").asDouble() > 0.1, found.toString());
    assertTrue(found.get("active_units").asInt() <= 2);
    Path grey = temp.resolve("grey");
    training.ok(grey, 1, "--likelihood", "bernoulli");
    assertTrue(CommandRun.json("eval", grey).get("bits_per_dim").isNull());
  }

  @Test
  void patienceEndsARunAndTheBestStays() throws IOException {
    Path run = temp.resolve("patient");
    // At this rate the loss soon stops falling.
    Object[] options = {"--validation", 50, "--patience", 1, "--learning-rate", "0.3"};
    Outcome o = training.run(run, 40, options);
    assertEquals(0, o.status(), o.err());
    assertTrue(o.out().contains("No better validation loss for 1 epochs: ended after"), o.out());
    List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
    assertTrue(rows.size() < 41);
    String best = Safetensors.read(run.resolve("best.safetensors")).metadata().get("epoch");
    assertEquals(rows.size() - 2, Integer.parseInt(best), "the last but one is the best");
    Outcome again = CommandRun.run("train", "--resume", run);
    assertEquals(0, again.status(), again.err());
    assertEquals(rows, Files.readAllLines(run.resolve("metrics.csv")));
  }

  @Test
  void settingsBeginWithAPresetOrAFile() throws IOException {
    Path run = temp.resolve("preset");
    training.ok(run, 1, "--preset", "pytorch-example", "--batch-size", 64);
    JsonNode config = new ObjectMapper().readTree(run.resolve("config.json").toFile());
    assertEquals(20, config.get("latent").asInt());
    assertEquals("bernoulli", config.get("likelihood").asText());
    assertEquals(30, config.get("hidden").asInt(), "an option wins");
    Path again = temp.resolve("again");
    training.ok(again, 1, "--settings", run.resolve("config.json"));
    SmallTraining.assertSameModel(run, again, "by the run's config.json");

    Path file = Files.writeString(temp.resolve("s.json"), "{\"latent\": 3, \"epochs\": 2}");
    Path two = temp.resolve("two");
    assertEquals(
        0,
        CommandRun.run(
                "train",
                "--data",
                training.digits(),
                "--device",
                "Portable",
                "--out",
                two,
                "--hidden",
                30,
                "--no-report",
                "--settings",
                file)
            .status());
    assertEquals(3, Files.readAllLines(two.resolve("metrics.csv")).size(), "its epochs count");
    Files.writeString(file, "{\"latnt\": 3}");
    assertRefused(
        training.run(temp.resolve("x"), 1, "--settings", file), "s.json: 'latnt' is no setting");
    Files.writeString(file, "{\"latent\": 0}");
    assertRefused(
        training.run(temp.resolve("x"), 1, "--settings", file),
        "expected a whole number from 1 to 1000000 but was '0'");
    assertRefused(
        training.run(temp.resolve("x"), 1, "--preset", "paper"), "expected one of notebook");
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Path run = temp.resolve("cosine");
    training.ok(run, 1, "--schedule", "cosine");
    assertRefused(
        CommandRun.run("train", "--resume", run, "--epochs", 3),
        "--epochs 3: with --schedule cosine the run has the 1 epochs that it began with");
    assertRefused(
        training.run(temp.resolve("all"), 1, "--validation", 290),
        "--batch-size 128 is larger than the training set of 300 images less --validation 290");
    assertRefused(
        training.run(temp.resolve("none"), 1, "--likelihood", "poisson"), "mse, bernoulli");
    assertFalse(Files.exists(temp.resolve("all")));
  }
}
