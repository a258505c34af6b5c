package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellLineTest {
  @TempDir Path temp;

  private static String jar(Path jar) throws IOException {
    return ShellLine.jar(new CodeSource(jar.toUri().toURL(), (Certificate[]) null));
  }

  @Test
  void theJarIsNamedWhereItLies() throws IOException {
    Path jar = Files.writeString(temp.resolve("my vae.jar"), "");
    assertEquals(jar.toString(), jar(jar));
    Path below = Files.createTempFile(Path.of("target").toAbsolutePath(), "vae", ".jar");
    assertEquals("target/" + below.getFileName(), jar(below));
    Files.delete(below);
    assertEquals("vae-ocl.jar", jar(temp));
  }

  @Test
  void optionsOfJavaComeBeforeTheJar() {
    assertEquals("java -jar vae-ocl.jar", ShellLine.program());
    assertEquals("java -Xmx1g '-Da=b c' -jar vae-ocl.jar", ShellLine.program("-Xmx1g", "-Da=b c"));
  }

  @Test
  void wordsAreQuotedWhereAShellWouldCutThem() {
    assertEquals("runs/a-1", ShellLine.quoted("runs/a-1"));
    assertEquals("'my run'", ShellLine.quoted(Path.of("my run")));
    assertEquals("'it'\\''s $HOME'", ShellLine.quoted("it's $HOME"));
  }
}
