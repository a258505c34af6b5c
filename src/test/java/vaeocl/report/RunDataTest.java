package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.formats.Safetensors;
import vaeocl.model.EpochResult;

class RunDataTest {
  @TempDir Path folder;

  @Test
  void wholeFolderIsRead() throws IOException {
    RunData run = SmallRun.of(2, 10);
    Files.writeString(folder.resolve("config.json"), run.config().toString());
    List<EpochResult> rows = SmallRun.metrics(2);
    Safetensors.write(folder.resolve("model.safetensors"), run.weights(), Map.of());
    List<String> notices = new ArrayList<>();
    RunData read = RunData.read(folder, rows, notices);
    assertEquals(List.of(), notices);
    assertEquals(run.config().path("dataset"), read.config().path("dataset"));
    assertEquals(rows, read.metrics());
    assertEquals(run.weights(), read.weights());
  }

  @Test
  void eachUnusableFileGivesALine() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\n\"epochs\": }");
    List<String> notices = new ArrayList<>();
    RunData read = RunData.read(folder, List.of(), notices);
    assertEquals(
        List.of(
            folder.resolve("config.json")
                + ": holds no configuration of a run: not valid JSON, at line 2",
            folder.resolve("model.safetensors") + ": no such file"),
        notices);
    assertNull(read.config());
    assertEquals(Map.of(), read.weights());
  }

  @Test
  void configurationHasToBeAnObject() throws IOException {
    for (String text : List.of("[1]", "", "7")) {
      Files.writeString(folder.resolve("config.json"), text);
      List<String> notices = new ArrayList<>();
      assertNull(RunData.read(folder, List.of(), notices).config());
      assertEquals(
          folder.resolve("config.json") + ": holds no configuration of a run: it is no object",
          notices.get(0));
    }
  }

  @Test
  void partsHaveToFit() {
    RunData run = SmallRun.of(2, 10);
    assertThrows(IllegalArgumentException.class, () -> run.withTest(run.test(), new byte[9]));
    assertThrows(
        IllegalArgumentException.class, () -> run.withEncoded(new float[21], new float[21]));
    assertThrows(
        IllegalArgumentException.class, () -> run.withEncoded(new float[20], new float[10]));
    assertThrows(IllegalArgumentException.class, () -> run.withEncoded(null, new float[10]));
  }
}
