package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;

/** What an evaluation reports is what NumPy makes of the saved weights, by a script of its own. */
class RecomputedInNumpyTest {
  private static final Path SCRIPT = Path.of("src", "test", "python", "recompute.py");
  private static final int SAMPLES = 250;

  @TempDir static Path temp;
  private static SmallTraining training;
  private static String python;

  @BeforeAll
  static void draw() throws Exception {
    Optional<String> found =
        Stream.of("python3", "/usr/bin/python3")
            .filter(RecomputedInNumpyTest::hasNumpy)
            .findFirst();
    ChildJvm.needs(found.isPresent(), "python3 with NumPy");
    python = found.orElseThrow();
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, "--batch-size", 20, "--no-report");
  }

  private static boolean hasNumpy(String program) {
    try {
      return run(List.of(program, "-c", "import numpy")).status() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private static ChildJvm.Result run(List<String> command) throws IOException {
    Path err = Files.createTempFile(temp, "python", ".err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertTrue(process.waitFor(ChildJvm.HANGS.toSeconds(), TimeUnit.SECONDS), "hangs");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return new ChildJvm.Result(process.exitValue(), out, Files.readString(err));
  }

  /** At a high beta q(z|x) is wide, and covers what weighs: else a few samples decide. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--likelihood mse --hidden 30",
        "--likelihood gaussian --sigma 0.3 --hidden 30 --latent 3",
        "--likelihood gaussian --hidden 30 --seed 81985529216486895",
        "--likelihood bernoulli --hidden 30 --latent 1 --binarize fixed --beta 5",
        "--likelihood bernoulli --hidden 30 --binarize dynamic --seed 2 --beta 5",
        "--likelihood bernoulli --hidden 20,12 --activation tanh --beta 0.5",
        "--likelihood continuous-bernoulli --hidden 20,12 --activation tanh --latent 6",
        "--likelihood continuous-bernoulli --hidden 1,1"
      })
  void evaluationsAre(String options) throws IOException {
    Path run = Files.createTempDirectory(temp, "run").resolve("run");
    assertEquals(0, training.run(run, 8, (Object[]) options.split(" ", -1)).status());
    JsonNode ours = CommandRun.json("eval", run, "--iwae-samples", SAMPLES);
    JsonNode numpy = recomputed(run);
    for (String key : List.of("recon", "kl", "elbo")) {
      double expected = numpy.get(key).asDouble();
      assertEquals(expected, ours.get(key).asDouble(), 1e-5 * Math.abs(expected), key);
    }
    double many = ours.get("iw_log_likelihood").asDouble();
    double same = numpy.get("same_noise").asDouble();
    assertEquals(same, many, 1e-5 * Math.abs(same), "ln p(x) by the same noise");
    double error =
        Math.hypot(
            numpy.get("standard_error").asDouble(), ours.get("iw_standard_error").asDouble());
    assertEquals(numpy.get("other_noise").asDouble(), many, 3 * error, "ln p(x) by other noise");
    double few = weighed(run, 5);
    assertTrue(few > weighed(run, 1) && many > few, "the estimate rises with K");
  }

  private static JsonNode recomputed(Path run) throws IOException {
    ChildJvm.Result done =
        run(
            List.of(
                python,
                SCRIPT.toString(),
                run.resolve("model.safetensors").toString(),
                training.digits().resolve("t10k-images-idx3-ubyte").toString(),
                Integer.toString(SAMPLES)));
    assertEquals(0, done.status(), done.err());
    return new ObjectMapper().readTree(done.out());
  }

  private static double weighed(Path run, int samples) throws IOException {
    JsonNode found = CommandRun.json("eval", run, "--iwae-samples", samples);
    return found.get("iw_log_likelihood").asDouble();
  }
}
