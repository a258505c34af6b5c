package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import vaeocl.formats.FuzzedFile;
import vaeocl.formats.TextFile;
import vaeocl.model.VaeConfig;

/**
 * config.json, and what a run takes from it: its identity, and the configurations it goes on by.
 */
public final class RunConfigFuzz {
  private static final Path EARLIER = Path.of("src/test/resources/runs/config-0.1.0.json");
  private static final FuzzedFile<RunConfig> FILE =
      FuzzedFile.of(
          "config.json",
          file -> RunConfig.parse(file, TextFile.read(file)),
          (file, config) -> TextFile.write(file, config.json()));

  private RunConfigFuzz() {}

  /** Files to begin with: today's, an earlier version's, and some that end in rare refusals. */
  public static void seeds(Path folder) throws IOException {
    RunConfig config =
        new RunConfig(
            "1",
            "now",
            3,
            VaeConfig.DEFAULT,
            "",
            0,
            new ImagesOfRun("idx", "/d", "abc", 10, 5, 28, 28, "ab", "c", Map.of("size", "28x28")),
            new RunConfig.Device("d", "p", "v", "CPU", "1", "2", 0, "d"),
            new RunConfig.Tiles("cpu", "", Map.of("rows", 8), "packed"),
            new RunConfig.Host("17", "Linux"));
    String json = config.json();
    TextFile.write(folder.resolve("today"), json);
    Files.copy(EARLIER, folder.resolve("earlier"));
    refused(folder, "ordinal", json, "\"ordinal\" : 0", "\"ordinal\" : -1");
    refused(folder, "large", json, "\"epochs\" : 3", "\"epochs\" : 99999999999");
    refused(folder, "null", json, "\"now\"", "null");
    refused(folder, "half", json, "\"now\"", "\"\\ud800\"");
  }

  private static void refused(Path folder, String name, String json, String from, String to)
      throws IOException {
    String changed = json.replace(from, to);
    assertNotEquals(json, changed, "nothing says " + from);
    TextFile.write(folder.resolve(name), changed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes).ifPresent(RunConfigFuzz::check);
  }

  private static void check(RunConfig config) {
    String identity = config.identity();
    RunConfig on = config.with(1, 2, config.dataset(), config.device(), config.tiling());
    assertEquals(identity, on.identity(), "gone on with");
    assertEquals(identity, config.modelMetadata(1, 1).get(RunConfig.IDENTITY), "its model's");
    assertTrue(on.device().same(config.device()), "the same device");
  }
}
