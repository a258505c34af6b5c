package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;

/** Whether somebody watches, where the system does not say what standard error is. */
class TerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir Path temp;

  @Test
  void aFileIsNone() throws IOException {
    assertFalse(Terminal.terminal(Files.createDirectory(temp.resolve("fd"))));
    Files.createSymbolicLink(temp.resolve("fd").resolve("2"), temp.resolve("log"));
    assertFalse(Terminal.terminal(temp.resolve("fd")));
  }

  @Test
  void aPipeIsNone() throws Exception {
    ChildJvm.Result result = ChildJvm.runMain(Map.of(), TerminalTest.class);
    assertEquals("false", result.out().strip());
  }

  /** util-linux's script runs a command on a terminal of its own. */
  @Test
  void aTerminalIsOne() throws Exception {
    assumeTrue(Files.exists(SCRIPT), "missing: " + SCRIPT);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    String line = java + " -cp '" + classes + "' " + TerminalTest.class.getName();
    Process process =
        new ProcessBuilder(List.of(SCRIPT.toString(), "-qec", line, "/dev/null")).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("true", said.strip());
  }

  /** The process. */
  public static void main(String[] args) {
    System.out.println(Terminal.terminal(Path.of("/no such folder")));
  }
}
