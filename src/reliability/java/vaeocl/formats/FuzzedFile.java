package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file, in memory, that a fuzzer fills: reading it ends with a value or with a line that says
 * what is wrong, within the memory that {@link HostileFile} allows; and a value that was read is
 * the same when it was written and read again.
 *
 * @param file to be filled
 */
public record FuzzedFile<T>(Path file, Reader<T> reader, Writer<T> writer) {

  /** Reads a file whole. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /** Writes a file whole. */
  @FunctionalInterface
  public interface Writer<T> {
    void write(Path file, T value) throws IOException;
  }

  /** A file of this name in a file system of its own. */
  public static <T> FuzzedFile<T> of(String name, Reader<T> reader, Writer<T> writer) {
    Path file = Jimfs.newFileSystem(Configuration.unix()).getPath("/" + name);
    return new FuzzedFile<>(file, reader, writer);
  }

  /**
   * Fails where the promise is not kept for these contents.
   *
   * @return what was read of them; empty where they are refused
   */
  public Optional<T> check(byte[] bytes) throws IOException {
    if (new HostileFile(file, reader::read).result(bytes) instanceof FormatException) {
      return Optional.empty();
    }
    T value = reader.read(file);
    Path again = file.resolveSibling("again-" + file.getFileName());
    Files.deleteIfExists(again); // a file system in memory moves nothing over it
    writer.write(again, value);
    assertEquals(value, reader.read(again), "written and read again");
    return Optional.of(value);
  }
}
