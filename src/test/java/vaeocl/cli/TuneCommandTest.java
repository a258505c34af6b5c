package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.train.RunFolder;
import vaeocl.tune.Conditions;
import vaeocl.tune.Search;
import vaeocl.tune.Timing;
import vaeocl.tune.TunedTilings;

/** A search goes on after what it cannot wait for, and trainings use what it found. */
class TuneCommandTest {
  private static final List<String> NET =
      List.of("--hidden", "30", "--latent", "3", "--batch-size", "64");

  @TempDir static Path temp;
  private static SmallTraining training;

  @TempDir private Path folder;

  @BeforeAll
  static void draw() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, NET.toArray());
  }

  private ChildJvm.Result run(String... args) throws IOException, InterruptedException {
    return ChildJvm.run(
        Map.of("VAE_OCL_TUNED", folder.resolve("tuned").toString()), List.of(), args);
  }

  private TunedTilings tuned() {
    return new TunedTilings(folder.resolve("tuned"));
  }

  private static Conditions conditions(KernelSource source) {
    VaeConfig config =
        VaeConfig.DEFAULT.with(Map.of("hidden", List.of(30), "latent", 3, "batch_size", 64));
    return Conditions.of(Pocl.device(), source, Tilings.CPU, config, 784);
  }

  /** Tiles of 4 rows by 16 floats never end, those of 4 by 8 are wrong. */
  @Test
  void aWrongTilingAndOneThatHangsAreLeftOut() throws Exception {
    Path kernels = folder.resolve("kernels");
    String bias = "CONST_VEC(bias + panel * P + v * V)";
    String planted =
        bias
            + ";\n#if R == 4 && V == 16\n  for (volatile int on = 1; on;) {}\n#endif\n"
            + "#if R == 4 && V == 8\n  t[0][0] = 0.0f;\n#endif\n";
    KernelFiles.plant(kernels, "cpu/dense_forward.cl", bias + ";\n", planted);

    ChildJvm.Result result =
        run(
            "tune",
            "--data",
            training.digits().toString(),
            "--device",
            "Portable",
            "--kernels",
            kernels.toString(),
            "--give-up",
            "20",
            "--hidden",
            "30",
            "--latent",
            "3",
            "--batch-size",
            "64");

    assertEquals(0, result.status(), result.err());
    String hangs = line(result.out(), "rows 4, panel 32, vector 16");
    assertTrue(hangs.contains("left out: no answer within "), result.out());
    String wrong = line(result.out(), "rows 4, panel 16, vector 8");
    assertTrue(wrong.contains("left out: wrong: "), result.out());
    assertTrue(line(result.out(), "rows 4, panel 8, vector 4").startsWith("[4/4] "), result.out());
    Tiling kept = tuned().find(conditions(KernelSource.folder(kernels)), s -> {}).orElseThrow();
    assertFalse(kept.sizes().get("rows") == 4 && kept.sizes().get("vector") > 4, kept.toString());
  }

  private static String line(String out, String part) {
    return out.lines().filter(l -> l.contains(part)).findFirst().orElse("nothing of " + part);
  }

  /** Keeps a tiling that is not the default. */
  private Path keep() throws IOException {
    ClDevice device = Pocl.device();
    Tiling other = Tilings.CPU.others(device.info(), Tilings.CPU.of(device.info()), 1).get(0);
    Search.Found found = new Search.Found(other, new Timing(0.9, 4, 4, 90, 100));
    return tuned().keep(conditions(KernelSource.packed()), found);
  }

  private static Map<String, Integer> sizes(Path run) throws IOException {
    return RunFolder.open(run).config().tiling().sizes();
  }

  @Test
  void aTrainingUsesWhatWasFoundAndGoesOnWithIt() throws Exception {
    Path file = keep();
    Path whole = folder.resolve("whole");
    ChildJvm.Result first = run(training.command(whole, 2, "--no-report"));
    assertEquals(0, first.status(), first.err());
    assertEquals("", first.err());
    assertTrue(first.out().contains("\nTuned: rows "), first.out());

    Path untuned = folder.resolve("untuned");
    ChildJvm.Result other = run(training.command(untuned, 1, "--no-report", "--untuned"));
    assertFalse(other.out().contains("Tuned"), other.out());
    Map<String, Integer> standard = Tilings.CPU.of(Pocl.device().info()).sizes();
    assertEquals(standard, sizes(untuned));
    assertFalse(sizes(whole).equals(standard), sizes(whole).toString());

    Path parts = folder.resolve("parts");
    run(training.command(parts, 1, "--no-report"));
    Files.delete(file);
    ChildJvm.Result rest =
        run("train", "--resume", parts.toString(), "--epochs", "2", "--no-report");
    assertEquals(0, rest.status(), rest.err());
    SmallTraining.assertSame(whole, parts, "goes on in the tiling that it was begun in");
  }

  @Test
  void aDamagedFileIsSaidInOneLineAndNotUsed() throws Exception {
    Files.writeString(keep(), "{\"tuned\": 1");
    Path run = folder.resolve("run");
    ChildJvm.Result result = run(training.command(run, 1, "--no-report"));
    assertEquals(0, result.status(), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("vae-ocl: warning: "), result.err());
    assertTrue(result.err().contains("is damaged"), result.err());
    assertEquals(Tilings.CPU.of(Pocl.device().info()).sizes(), sizes(run));
  }

  @Test
  void thereIsNothingToTuneInPlainFormulas() {
    CommandRun.assertRefused(
        CommandRun.run("tune", "--device", "Portable", "--tiling", "plain"),
        "nothing to tune in the plain tiling");
  }
}
