package vaeocl.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import vaeocl.formats.ExitHook;

/** A folder made at once, so that no other process takes it; left empty, it goes again. */
final class ClaimedFolder implements AutoCloseable {
  private final Path folder;
  private final ExitHook hook;

  private ClaimedFolder(Path folder) {
    this.folder = folder;
    hook = ExitHook.of(this::leave);
  }

  /** Makes the folder; where the name is taken it ends in -2, -3 ... */
  static ClaimedFolder of(Path wanted) throws IOException {
    Files.createDirectories(wanted.toAbsolutePath().getParent());
    for (int number = 1; ; number++) {
      Path folder =
          number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + number);
      try {
        return new ClaimedFolder(Files.createDirectory(folder));
      } catch (FileAlreadyExistsException e) {
        // Another training of this second has it.
      }
    }
  }

  Path path() {
    return folder;
  }

  private void leave() {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A run began in it.
    }
  }

  @Override
  public void close() {
    hook.release();
    leave();
  }
}
