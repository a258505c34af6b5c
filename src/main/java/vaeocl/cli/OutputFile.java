package vaeocl.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import vaeocl.formats.AtomicFile;
import vaeocl.formats.WriteException;

/** Whether something can be written, found out before there is something to write. */
final class OutputFile {
  private OutputFile() {}

  /**
   * A file that is to be written or replaced.
   *
   * @param option that named it
   * @throws UserError if that cannot be
   */
  static void require(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(option + " " + file + " is a folder; name a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UserError(option + " " + file + ": there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new UserError(option + " " + file + ": permission denied");
    }
  }

  /**
   * As above, for a file that another is put in the place of: no pipe and no device.
   *
   * @throws UserError if that cannot be
   */
  static void requireReplaceable(String option, Path file) {
    require(option, file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UserError(option + " " + file + " is not a regular file; name another");
    }
  }

  /** Writes what goes into a file, and leaves it open. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces a regular file whole or not at all; to a pipe or a device it writes at once.
   *
   * @throws IOException if it cannot be written, naming it
   */
  static void write(Path file, Content content) throws IOException {
    if (!Files.exists(file) || Files.isRegularFile(file)) {
      AtomicFile.write(file, channel -> content.writeTo(Channels.newOutputStream(channel)));
      return;
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }

  /**
   * A folder that is to be made or filled.
   *
   * @throws UserError if that cannot be
   */
  static void requireFolder(String option, Path folder) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && !Files.isDirectory(there)) {
      throw new UserError(option + " " + folder + ": " + there + " is a file; name a folder");
    }
    if (there != null && !Files.isWritable(there)) {
      throw new UserError(
          option + " " + folder + ": " + there + " cannot be written; name another folder");
    }
  }
}
