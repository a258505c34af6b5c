package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacked libraries that nobody could remove. */
class NativesTest {
  @TempDir Path temp;

  private void folder(String name, int daysOld) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name));
    Files.createFile(folder.resolve("library"));
    Instant made = Instant.now().minus(daysOld, ChronoUnit.DAYS);
    Files.setLastModifiedTime(folder, FileTime.from(made));
  }

  @Test
  void oldOnesAreRemovedAndNothingElse() throws IOException {
    folder("vae-ocl-native-1", 2);
    folder("vae-ocl-native-2", 0);
    folder("another", 2);
    Natives.sweep(temp);
    try (Stream<Path> left = Files.list(temp)) {
      List<String> names = left.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(List.of("another", "vae-ocl-native-2"), names);
    }
  }
}
