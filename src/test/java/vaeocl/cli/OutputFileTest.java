package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.formats.WriteException;

/** Outputs that the disk does not take. */
class OutputFileTest {
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void aFullDeviceIsNamed() {
    assumeTrue(Files.exists(FULL));
    IOException e =
        assertThrows(WriteException.class, () -> OutputFile.write(FULL, out -> out.write(1)));
    assertEquals("/dev/full: cannot be written: No space left on device", e.getMessage());
    assertEquals(new Failure(Cli.FAILED, e.getMessage()), Failure.of(e));
  }

  @Test
  void whatWasThereStays(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("before"), "before");
    FileSystemException full = new FileSystemException("temporary", null, "No space left");
    IOException e =
        assertThrows(
            WriteException.class,
            () ->
                OutputFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw full;
                    }));
    assertEquals(file + ": cannot be written: No space left", e.getMessage());
    assertEquals("before", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
