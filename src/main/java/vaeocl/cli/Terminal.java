package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody is watching. */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal: only then is a progress bar of use. */
  static boolean onStandardError() {
    return shows(System.getenv("TERM")) && terminal();
  }

  /** Whether a terminal of this kind can go back to the beginning of a line. */
  static boolean shows(String term) {
    return !"dumb".equals(term);
  }

  private static boolean terminal() {
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
