package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.opencl.device.NoDeviceException;

/** {@code --version} and {@code completion}. */
class VersionTest {
  @TempDir Path temp;

  @Test
  void itNamesWhatTheProgramRunsOn() throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    Map<String, String> pocl = Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString());
    ChildJvm.Result found = ChildJvm.run(pocl, List.of(), "--version");
    assertEquals(0, found.status(), found.err());
    List<String> lines = found.out().lines().toList();
    assertEquals("vae-ocl dev", lines.get(0));
    assertTrue(lines.get(1).startsWith("Java " + Runtime.version().feature()), found.out());
    assertTrue(lines.get(2).startsWith(System.getProperty("os.name")), found.out());
    assertTrue(
        lines.get(3).matches("Portable Computing Language, OpenCL .*, driver .*"), found.out());
  }

  @Test
  void withoutOpenClItSaysSoAndSucceeds() throws Exception {
    String nowhere = Files.createDirectory(temp.resolve("vendors")).toString();
    ChildJvm.Result none = ChildJvm.run(Map.of(ChildJvm.VENDORS, nowhere), List.of(), "--version");
    assertEquals(0, none.status(), none.err());
    assertEquals(4, none.out().lines().count(), none.out());
    assertTrue(none.out().contains("\nOpenCL: no OpenCL "), none.out());
  }

  /** A driver may end the process as it is loaded. */
  @Test
  void theFirstLinesAreOutBeforeADriverIsTouched() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    List<String> lines =
        Version.lines(
            out,
            () -> {
              assertEquals(3, text.toString().lines().count(), text.toString());
              throw new NoDeviceException("none");
            });
    assertEquals(List.of("OpenCL: none"), lines);
  }

  /** The shell itself reads the script, and is asked what it would complete. */
  @Test
  void completionIsAScriptOfAllCommands() throws Exception {
    Path script = temp.resolve("completion");
    Files.writeString(script, CommandRun.ok("completion"));
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source \"$0\"; complete -p vae-ocl; COMP_WORDS=(vae-ocl train --learn);"
                    + " COMP_CWORD=2; _complete_vae-ocl; echo \"${COMPREPLY[@]}\"",
                script.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    assertTrue(said.contains("_complete_vae-ocl"), said);
    assertTrue(said.contains("--learning-rate"), said);
  }
}
