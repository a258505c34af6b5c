package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.List;
import java.util.stream.Collectors;
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

  @Test
  void quotedWordsAreFoundAgain() {
    List<String> words = List.of("a", "my run", "it's $HOME", "--data=/x y/\"z\"", "");
    String line = words.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
    assertEquals(words, ShellLine.words(line));
    assertEquals(List.of("a b", "c\"d"), ShellLine.words("  'a b'\tc\\\"d "));
    assertThrows(IllegalArgumentException.class, () -> ShellLine.words("a 'b"));
  }
}
