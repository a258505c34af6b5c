package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;
import vaeocl.KernelFiles;
import vaeocl.cli.CommandRun.Outcome;

/** A device that computes wrongly is refused before a run begins, and no other is. */
class SelfTestCommandTest {
  /** Nets and objectives, each setting with several others. */
  private static final List<String> NETS =
      List.of(
          "--hidden 40",
          "--hidden 24,17 --latent 20 --activation tanh",
          "--hidden 33 --latent 1 --likelihood bernoulli --binarize dynamic",
          "--hidden 40,20 --latent 20 --likelihood continuous-bernoulli",
          "--hidden 24 --latent 20 --likelihood gaussian --free-bits 0.1",
          "--hidden 24 --latent 2 --free-bits 0.5 --activation softplus",
          "--hidden 24 --objective iwae --samples 5 --likelihood bernoulli --binarize fixed",
          "--hidden 24,12 --latent 20 --objective iwae --samples 5",
          "--hidden 16 --latent 1 --objective iwae --samples 5 --likelihood gaussian --sigma 0.3",
          "--hidden 24 --objective ae --validation 20 --schedule cosine");

  private static final Map<String, String> LLVMPIPE =
      Map.of(ChildJvm.VENDORS, ChildJvm.RUSTICL.toString(), "RUSTICL_ENABLE", "llvmpipe");
  private static final Map<String, String> OCLGRIND =
      Map.of(ChildJvm.VENDORS, ChildJvm.OCLGRIND.toString());

  @TempDir static Path temp;
  private static SmallTraining training;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 150, 30, "--batch-size", 50, "--no-report");
  }

  private static Path fresh(String name) throws IOException {
    return Files.createTempDirectory(temp, name).resolve("run");
  }

  private static void assertRefusedByTest(Outcome o, String kernel, String remedy) {
    assertFails(o, Cli.FAILED, "computes wrongly: kernel " + kernel + " (");
    assertTrue(o.err().contains("NaN"), o.err());
    assertTrue(o.err().contains(remedy), o.err());
    assertTrue(o.err().contains("; --no-self-test uses it all the same"), o.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu   | cpu/dense_forward.cl | CONST_VEC(bias + panel * P | NAN + CONST_VEC(bias + panel * P | dense_forward",
        "cpu   | lib/adam.cl          | sqrt(v) * rate.y           | NAN                              | dense_gradient_adam",
        "gpu   | lib/adam.cl          | sqrt(v) * rate.y           | NAN                              | update",
        "gpu   | lib/latent.cl        | exp(0.5f * (logvar)) * (eps)) | NAN)                          | decode",
        "plain | plain/dense.cl       | v = bias[o]                | v = NAN                          | dense",
        "plain | plain/adam_step.cl   | v[i] = square              | v[i] = NAN                       | adam_step"
      })
  void aDeviceThatReturnsNanIsRefused(
      String tiling, String file, String text, String other, String kernel) throws Exception {
    Path kernels = Files.createTempDirectory(temp, "kernels");
    KernelFiles.plant(kernels, file, text, other);
    Path run = fresh("nan");
    Object[] with = {"--tiling", tiling, "--kernels", kernels};
    Outcome o = training.run(run, 1, with);
    assertRefusedByTest(o, kernel, "; leave out --kernels, try --tiling ");
    assertFalse(Files.exists(run.resolve("model.safetensors")));
    List<Object> trusting = new ArrayList<>(Arrays.asList(with));
    trusting.add("--no-self-test");
    assertFalse(training.run(fresh("trusted"), 1, trusting.toArray()).err().contains("wrongly"));
  }

  /** The first batch of a run is right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu   | lib/run.cl            | ((run)[0] + (nth) * (batch))   | ((run)[0])",
        "gpu   | lib/run.cl            | ((run)[1] + (nth))             | ((run)[1])",
        "plain | lib/run.cl            | ((uint)(run)[2] + (uint)(nth)) | ((uint)(run)[2] - (uint)(nth))",
        "cpu   | cpu/dense_gradient.cl | rates[nth]                     | rates[0]",
        "gpu   | gpu/update.cl         | rates[nth]                     | rates[0]"
      })
  void mistakesInLaterBatchesAreRefused(String tiling, String file, String text, String other)
      throws Exception {
    Path kernels = Files.createTempDirectory(temp, "kernels");
    KernelFiles.plant(kernels, file, text, other);
    Outcome o = training.run(fresh("later"), 1, "--tiling", tiling, "--kernels", kernels);
    assertFails(o, Cli.FAILED, " is another where two batches run one by one");
  }

  /** Whatever computes with a model: its first plan says it. */
  @ParameterizedTest
  @ValueSource(strings = {"eval", "encode", "generate --count 4", "reconstruct --count 4"})
  void everyCommandRefusesIt(String command) throws Exception {
    Path run = fresh("good");
    training.ok(run, 1);
    Path kernels = Files.createTempDirectory(temp, "kernels");
    KernelFiles.plant(kernels, "plain/dense.cl", "v = bias[o]", "v = NAN");
    List<Object> words = new ArrayList<>(Arrays.asList((Object[]) command.split(" ")));
    words.add(1, run);
    words.addAll(List.of("--kernels", kernels, "--tiling", "plain", "--device", "Portable"));
    if (!command.equals("eval")) {
      words.addAll(List.of("--out", temp.resolve("out-" + words.get(0) + ".npy")));
    }
    assertRefusedByTest(CommandRun.run(words.toArray()), "dense", "try --tiling gpu, another");
  }

  /** A run goes on with the kernels and the tiling that it began with. */
  @Test
  void theRemedyOfAResumedRunIsOneThatItAllows() throws Exception {
    Path kernels = Files.createTempDirectory(temp, "kernels");
    KernelFiles.copy(kernels);
    Path run = fresh("resumed");
    training.ok(run, 1, "--tiling", "plain", "--kernels", kernels);
    Path file = kernels.resolve("plain/dense.cl");
    Files.writeString(file, Files.readString(file).replace("v = bias[o]", "v = NAN"));
    Outcome o = CommandRun.run("train", "--resume", run, "--epochs", 2, "--no-report");
    assertRefusedByTest(o, "dense", "; mend the kernels in " + kernels + ", another --device, ");
    assertTrue(o.err().contains(", or a new run with --tiling gpu; "), o.err());
    assertFalse(o.err().contains("try --tiling"), o.err());
    Files.copy(Path.of("kernels/plain/dense.cl"), file, StandardCopyOption.REPLACE_EXISTING);
    CommandRun.ok("train", "--resume", run, "--epochs", 2, "--no-report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "plain"})
  void noTilingOfPoclIsRefused(String tiling) throws IOException {
    for (String net : NETS) {
      List<Object> words = new ArrayList<>(Arrays.asList((Object[]) net.split(" ")));
      words.addAll(List.of("--tiling", tiling));
      Outcome o = training.run(fresh("net"), 1, words.toArray());
      assertEquals(0, o.status(), net + ": " + o.err());
    }
  }

  /** The program in a process that has another driver, once for each of several lists of words. */
  static final class Commands {
    private Commands() {}

    public static void main(String[] lines) {
      for (String line : lines) {
        Outcome o = CommandRun.run((Object[]) line.split("\t"));
        System.out.println(o.status() + "\t" + o.err().strip().replace('\n', ';'));
      }
    }
  }

  private static List<String> results(Map<String, String> driver, List<String> lines)
      throws Exception {
    ChildJvm.Result r = ChildJvm.runMain(driver, Commands.class, lines.toArray(String[]::new));
    assertEquals(0, r.status(), r.err());
    return r.out().lines().toList();
  }

  private static String line(String net) throws IOException {
    List<String> words = new ArrayList<>(List.of("train", "--data", training.digits().toString()));
    words.addAll(List.of("--epochs", "1", "--out", fresh("net").toString()));
    words.addAll(training.options());
    words.addAll(List.of(net.split(" ")));
    return String.join("\t", words);
  }

  @Test
  void llvmpipesOwnTilingIsNotRefused() throws Exception {
    ChildJvm.needs(ChildJvm.RUSTICL);
    List<String> lines = new ArrayList<>();
    for (String net : NETS) {
      lines.add(line(net));
    }
    List<String> results = results(LLVMPIPE, lines);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(results.get(i).startsWith("0\t"), NETS.get(i) + ": " + results.get(i));
    }
  }

  @Test
  void aSimulatorGoesWithoutAndSaysSo() throws Exception {
    ChildJvm.needs(ChildJvm.OCLGRIND);
    Path model = fresh("simulated");
    training.ok(model, 1, "--hidden", 4, "--latent", 1);
    List<String> words =
        List.of("generate", model.toString(), "--count=1", "--out=" + temp.resolve("one.npy"));
    String said = results(OCLGRIND, List.of(String.join("\t", words))).get(0);
    assertTrue(said.startsWith("0\tvae-ocl: no self-test: "), said);
    assertTrue(said.endsWith(" simulates, see 'check --small'"), said);
  }
}
