package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A run of version 0.1.0: two epochs of 300 drawn digits. */
final class StoredRun {
  static final Path FOLDER = Path.of("src", "test", "resources", "run-0.1.0");

  private StoredRun() {}

  /** Copies the run into a folder that is made. */
  static Path copy(Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(FOLDER.resolve("begun"))) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
