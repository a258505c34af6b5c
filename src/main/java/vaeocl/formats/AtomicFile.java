package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Files that appear whole or not at all, whenever the process is killed: written under a temporary
 * name in the same folder, forced to the disk, then renamed over the old one.
 */
public final class AtomicFile {
  private static final String SUFFIX = ".tmp";

  /** Bytes handed to the system at a time. */
  private static final int CHUNK = 1 << 20;

  /** Younger temporaries may belong to a process that is still writing. */
  private static final Duration STALE = Duration.ofHours(1);

  private AtomicFile() {}

  /** Writes a file's contents. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code channel}, which is at position 0 of an empty file. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Replaces or creates {@code file}; what was there stays untouched if this fails.
   *
   * @throws FormatException if it cannot be written, naming the file
   */
  public static void write(Path file, Content content) throws FormatException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = folder.resolve(prefix(file) + UUID.randomUUID() + SUFFIX);
    ExitHook hook = ExitHook.of(() -> delete(temporary));
    try {
      sweep(file, Instant.now().minus(STALE));
      try (FileChannel channel = hook.before(() -> create(temporary))) {
        content.writeTo(channel);
        channel.force(true);
      }
      hook.before(() -> Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE));
      forceFolder(folder);
    } catch (FormatException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new FormatException(file, "cannot be written: its folder does not exist", e);
    } catch (AccessDeniedException e) {
      throw new FormatException(file, "cannot be written: permission denied", e);
    } catch (IOException e) {
      throw new WriteException(file, e);
    } finally {
      delete(temporary);
      hook.release();
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The sweep of a later write takes it.
    }
  }

  /**
   * Writes all of {@code bytes}, a part at a time: a channel may take less in one call, and copies
   * outside the heap whatever it is handed.
   */
  public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + CHUNK));
      channel.write(bytes);
    }
  }

  /** Writes {@code values} as 32-bit floats, little-endian, without a second copy of them all. */
  static void writeFloats(FileChannel channel, float[] values) throws IOException {
    int capacity = Math.min(CHUNK / Float.BYTES, values.length);
    ByteBuffer chunk = ByteBuffer.allocate(capacity * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.length; ) {
      int n = Math.min(values.length - done, capacity);
      chunk.clear().asFloatBuffer().put(values, done, n);
      writeFully(channel, chunk.limit(n * Float.BYTES));
      done += n;
    }
  }

  /**
   * Removes what killed writers of {@code file} left behind: for those who keep others from writing
   * it.
   */
  public static void sweep(Path file) throws IOException {
    sweep(file, Instant.MAX);
  }

  private static void sweep(Path file, Instant limit) throws IOException {
    String prefix = prefix(file);
    try (DirectoryStream<Path> old =
        Files.newDirectoryStream(
            file.toAbsolutePath().getParent(),
            p -> {
              String name = p.getFileName().toString();
              return name.startsWith(prefix) && name.endsWith(SUFFIX);
            })) {
      for (Path p : old) {
        if (Files.getLastModifiedTime(p).toInstant().isBefore(limit)) {
          Files.deleteIfExists(p);
        }
      }
    }
  }

  /** Makes the rename itself durable. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems (Windows) cannot open a folder; the file itself is safe by now.
    }
  }
}
