package vaeocl.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vaeocl.formats.FormatException;

/** Keeps a second process from training in the same folder. A killed process holds no lock. */
final class RunLock implements AutoCloseable {
  private static final String NAME = ".lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws FormatException if another process, or another run of this one, trains in the folder
   */
  static RunLock take(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FormatException(file, "is not a regular file; remove it"); // a pipe would hang
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return new RunLock(channel);
      }
    } catch (IOException e) {
      return new RunLock(channel); // a file system without locks: nobody can be kept out
    }
    channel.close();
    throw new FormatException(folder, "is in use by another training; wait for it or stop it");
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The file stays: another process may have opened it already, to lock it next. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
