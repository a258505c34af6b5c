package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.FloatArray;
import vaeocl.formats.Safetensors;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;

/**
 * A run of version 0.1.0, two epochs of built-in digits, and what that version made of it in two
 * more: whatever comes later reads it, goes on with it and ends in the same place.
 */
class StoredRunTest {
  private static final Path STORED = StoredRun.FOLDER;
  private static final String DEVICE = "pthread-skylake-avx512-AMD EPYC";
  private static final String DRIVER = "3.1+debian";

  @TempDir Path temp;
  private Path run;
  private Path digits;

  @BeforeEach
  void copy() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    digits = TestData.digitsFolder(temp.resolve("digits"), 300, 45);
    run = StoredRun.copy(temp.resolve("run"));
  }

  private static boolean sameDevice() {
    ClDevice device = Devices.again(DEVICE, "Portable Computing Language", "CPU", 0);
    return device.info().name().equals(DEVICE) && device.info().driver().equals(DRIVER);
  }

  /** Columns of every line that version 0.1.0 had, but for the times. */
  private static List<List<String>> figures(Path metrics) throws IOException {
    return Files.readAllLines(metrics).stream()
        .map(line -> List.of(line.split(",", -1)).subList(0, 10))
        .toList();
  }

  private static Map<String, FloatArray> tensors(Path folder) throws IOException {
    return Safetensors.read(folder.resolve("model.safetensors")).tensors();
  }

  @Test
  void itGoesOnAndEndsInTheSamePlace() throws IOException {
    String[] device = sameDevice() ? new String[0] : new String[] {"--device", "Portable"};
    Outcome o =
        CommandRun.run(
            Stream.concat(
                    Stream.of("train", "--resume", run, "--data", digits, "--epochs", "4"),
                    Stream.of(device))
                .toArray());
    assertEquals(0, o.status(), o.err());
    Path ended = STORED.resolve("ended");
    Map<String, FloatArray> expected = tensors(ended);
    Map<String, FloatArray> actual = tensors(run);
    assertEquals(expected.keySet(), actual.keySet());
    // Another processor's functions may round otherwise.
    float allowed = sameDevice() ? 0 : 1e-3f;
    expected.forEach(
        (name, array) ->
            assertArrayEquals(array.values(), actual.get(name).values(), allowed, name));
    List<List<String>> before = figures(ended.resolve("metrics.csv"));
    List<List<String>> after = figures(run.resolve("metrics.csv"));
    assertEquals(before.get(0), after.get(0), "columns are only added");
    assertEquals(5, after.size());
    for (int line = 1; line < 5; line++) {
      for (int column = 0; column < 10; column++) {
        double value = Double.parseDouble(before.get(line).get(column));
        double found = Double.parseDouble(after.get(line).get(column));
        assertEquals(value, found, allowed * Math.abs(value), before.get(0).get(column));
      }
    }
  }

  @Test
  void itsModelIsEvaluatedAsItWasThen() throws IOException {
    List<List<String>> before = figures(STORED.resolve("begun").resolve("metrics.csv"));
    var json = CommandRun.json("eval", run, "--data", digits);
    for (String name : List.of("mse", "psnr", "ssim", "mse_mean", "psnr_mean", "ssim_mean")) {
      double then = Double.parseDouble(before.get(2).get(before.get(0).indexOf(name)));
      assertTrue(Math.abs(json.get(name).asDouble() - then) <= 1e-5 * Math.abs(then), name);
    }
  }
}
