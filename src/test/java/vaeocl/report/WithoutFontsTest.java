package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WithoutFontsTest {
  /** A program of its own: fonts are looked for once a process. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      System.out.println(Report.write(Path.of(args[0]), SmallRun.of(2, 40)));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneLineSaysWhatToInstall(@TempDir Path folder) throws Exception {
    Path fonts = folder.resolve("fonts.conf");
    Files.writeString(fonts, "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Where Java remembers what fonts it found.
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            folder.toString());
    builder.environment().put("FONTCONFIG_FILE", fonts.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals(
        "[pictures skipped: Java finds no fonts on this machine; install fontconfig and"
            + " fonts-dejavu-core]",
        output.strip());
    assertFalse(Files.exists(folder.resolve("loss.png")));
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("id=\"chart-loss\"") && page.contains("<h3>Samples (digits)</h3>"));
  }
}
