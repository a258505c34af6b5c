package vaeocl.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody is watching. */
final class Terminal {
  /** Linux has a link for each of the process's open files. */
  private static final Path FILES = Path.of("/proc/self/fd");

  private Terminal() {}

  /** Whether standard error is a terminal: only then is a progress bar of use. */
  static boolean onStandardError() {
    return shows(System.getenv("TERM")) && terminal(FILES);
  }

  /** Whether a terminal of this kind can go back to the beginning of a line. */
  static boolean shows(String term) {
    return !"dumb".equals(term);
  }

  /**
   * @param files the folder with the links; elsewhere there is none
   */
  static boolean terminal(Path files) {
    Path descriptor = files.resolve("2");
    if (!Files.isSymbolicLink(descriptor)) {
      return console();
    }
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Java knows of input and output alone: both of a terminal, errors most likely are too. */
  @SuppressWarnings("SystemConsoleNull") // isTerminal tells, where there is always one
  private static boolean console() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console without a terminal too.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
