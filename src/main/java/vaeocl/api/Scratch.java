package vaeocl.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of a training that nobody wants to keep. */
final class Scratch {
  private Scratch() {}

  /** What is done in it. */
  interface Work<T> {
    T in(Path folder) throws IOException;
  }

  /** Makes a folder and takes it away afterwards. */
  static <T> T with(Work<T> work) throws IOException {
    Path folder = Files.createTempDirectory("vae-ocl");
    try {
      return work.in(folder);
    } finally {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(folder)) {
        all = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
    }
  }
}
