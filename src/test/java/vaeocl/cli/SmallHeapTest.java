package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.ChildJvm.Result;

/** What Java's heap has to hold at once. */
class SmallHeapTest {
  private static final Map<String, String> POCL =
      Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString());

  @TempDir Path tmp;

  /** Java takes a quarter of a container: 128 MB of 512. */
  @Test
  void asManyImagesAsMnistHasFitWithTheirReport() throws Exception {
    Path run = tmp.resolve("run");
    SmallTraining training = SmallTraining.of(tmp.resolve("digits"), 60_000, 10_000);
    Result result = ChildJvm.run(POCL, List.of("-Xmx128m"), training.command(run, 1));
    assertEquals(0, result.status(), result.toString());
    assertEquals("", result.err());
    assertTrue(Files.size(run.resolve("report.html")) > 4_000_000, "the images are in the page");
  }

  /** A picture alone takes more than half of the heap, the training less. */
  @Test
  void aReportThatDoesNotFitHidesNoTraining() throws Exception {
    Path run = tmp.resolve("run");
    SmallTraining training =
        SmallTraining.of(tmp.resolve("digits"), 400, 100, "--hidden", 16, "--batch-size", 50);
    List<String> heap = List.of("-XX:+UseSerialGC", "-Xmx20m");
    Result result = ChildJvm.run(POCL, heap, training.command(run, 1));
    assertEquals(Cli.FAILED, result.status(), result.toString());
    assertTrue(result.out().endsWith("Results: " + run + "\n"), result.out());
    String line = "vae-ocl: no report: out of memory \\(.*\\): give Java more with -Xmx, .*";
    String remedy = "; make it with: java -Xmx\\d+m -jar vae-ocl.jar report " + run + "\n";
    assertTrue(result.err().matches(line + remedy), result.err());
    assertFalse(Files.exists(run.resolve("report.html")));
    CommandRun.ok("report", run, "--device", "Portable");
    assertTrue(Files.exists(run.resolve("report.html")));
  }
}
