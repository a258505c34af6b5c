package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.KernelFiles;

/** What Oclgrind finds in kernels with a mistake that PoCL forgives, and not in those without. */
class SimulatorTest {
  private static final String BARRIER = "barrier(CLK_LOCAL_MEM_FENCE);";

  /** Files with barriers, and a case that needs them all: two slabs, or two sums over a group. */
  private static final Map<String, List<String>> CASES =
      Map.of(
          "gpu/product.cl",
          List.of("Dense 31x129x33 NONE", "DenseBackward 3x33x2 NONE", "Gradient 3x33x2"),
          "gpu/input.cl",
          List.of("Step 2x64"),
          "gpu/parts.cl",
          List.of("Step 3x49"),
          "gpu/sample_rows.cl",
          List.of("Step 3x49"),
          "gpu/latent_dense.cl",
          List.of("Step 35x49"),
          "gpu/update.cl",
          List.of("Step 3x49"),
          "lib/group.cl",
          List.of("ImageMetrics 1x7x7"));

  /** Cases of the other kernels for GPUs. */
  private static final List<String> MORE =
      List.of(
          "Dense 3x33x2 RELU",
          "DenseBackward 3x33x2 RELU",
          "Gather + Gradient + AdamStep 3x33x2",
          "AdamStep 1x1",
          "Reconstruction 3x2",
          "Latent 3x2 TRAIN",
          "LatentBackward 3x2",
          "Scatter 3x2");

  @TempDir private Path temporary;

  private String log(Path kernels, String tiling, String only) throws Exception {
    return log(kernels, tiling, only, Map.of());
  }

  private String log(Path kernels, String tiling, String only, Map<String, String> env)
      throws Exception {
    ChildJvm.needs(ChildJvm.OCLGRIND);
    Path log = Files.createTempFile(temporary, "oclgrind", ".log");
    Files.delete(log);
    Implementation oclgrind = Implementation.oclgrind(log, env);
    String folder = kernels.toString();
    oclgrind.check("--kernels", folder, "--tiling", tiling, "--small", "--only", only);
    assertTrue(Files.exists(log), "Oclgrind left no log");
    return Files.readString(log);
  }

  @TestFactory
  List<DynamicTest> everyBarrierIsNeeded() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : KernelFiles.all()) {
      int barriers = KernelFiles.count(file, BARRIER);
      assertEquals(
          barriers > 0, CASES.containsKey(file), "say which cases need the barriers of " + file);
      for (int i = 0; i < barriers; i++) {
        int which = i;
        String name = file + " without its barrier " + (i + 1);
        tests.add(dynamicTest(name, () -> assertRaces(file, which)));
      }
    }
    assertFalse(tests.isEmpty(), "no barriers");
    return tests;
  }

  private void assertRaces(String file, int which) throws Exception {
    Path folder = Files.createTempDirectory(temporary, "kernels");
    KernelFiles.drop(folder, file, BARRIER, which);
    // The log is cut after a thousand entries, and without the first barrier others would fill it.
    Map<String, String> racesAlone = Map.of("OCLGRIND_UNINITIALIZED", "0");
    boolean seen = false;
    for (String only : CASES.get(file)) {
      seen = seen || log(folder, "gpu", only, racesAlone).contains("data race");
    }
    assertTrue(seen, "Oclgrind saw no data race");
  }

  @Test
  void nothingIsReportedWithoutTheMistakes() throws Exception {
    Set<String> cases = new TreeSet<>();
    CASES.values().forEach(cases::addAll);
    cases.addAll(MORE);
    for (String only : cases) {
      assertEquals("", log(Path.of("kernels"), "gpu", only));
    }
  }

  @Test
  void writesBehindTheEndAreReported() throws Exception {
    Path folder = Files.createTempDirectory(temporary, "kernels");
    KernelFiles.plant(
        folder, "gpu/gather.cl", "PAD(batch), s, i)] =", "PAD(batch), s, i + WHOLE)] =");
    String log = log(folder, "gpu", "Gather 1x1");
    assertTrue(log.contains("Invalid write"), log);
  }

  @Test
  void uninitialisedValuesAreReported() throws Exception {
    Path folder = Files.createTempDirectory(temporary, "kernels");
    KernelFiles.plant(folder, "lib/sampling.cl", "  float sum = 0.0f;", "  float sum;");
    String log = log(folder, "cpu", "Latent 1x1");
    assertTrue(log.toLowerCase(java.util.Locale.ROOT).contains("uninitialized"), log);
  }
}
