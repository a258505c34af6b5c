package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody is watching. */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal: only then is a progress bar of use. */
  static boolean onStandardError() {
    Path descriptor = Path.of("/proc/self/fd/2");
    if (!Files.isSymbolicLink(descriptor)) {
      return false; // not Linux: rather no bar than one in a log
    }
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
