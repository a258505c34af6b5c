package vaeocl.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import vaeocl.formats.FuzzedFile;
import vaeocl.formats.TextFile;
import vaeocl.model.VaeConfig;

/** config.json. */
public final class RunConfigFuzz {
  private static final Path EARLIER = Path.of("src/test/resources/runs/config-0.1.0.json");
  private static final FuzzedFile<RunConfig> FILE =
      FuzzedFile.of(
          "config.json",
          file -> RunConfig.parse(file, TextFile.read(file)),
          (file, config) -> TextFile.write(file, config.json()));

  private RunConfigFuzz() {}

  /** Files to begin with: today's and an earlier version's. */
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
    TextFile.write(folder.resolve("today"), config.json());
    Files.copy(EARLIER, folder.resolve("earlier"));
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
  }
}
