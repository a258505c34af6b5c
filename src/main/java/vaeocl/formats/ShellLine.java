package vaeocl.formats;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.regex.Pattern;

/** Lines to be pasted into a POSIX shell. */
public final class ShellLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellLine() {}

  /** How to start this program here, with the jar where it lies. */
  public static String program() {
    return "java -jar " + quoted(jar(ShellLine.class.getProtectionDomain().getCodeSource()));
  }

  /** The jar, relative where it lies below the current folder. */
  static String jar(CodeSource source) {
    try {
      Path jar = Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        Path here = Path.of("").toAbsolutePath();
        return (jar.startsWith(here) ? here.relativize(jar) : jar).toString();
      }
    } catch (URISyntaxException | IllegalArgumentException | NullPointerException e) {
      // Not started from a file: then it has the name that it is built with.
    }
    return "vae-ocl.jar";
  }

  /** A word that a shell takes as it is, quoted where it needs to be. */
  public static String quoted(Object word) {
    String line = FormatException.oneLine(word.toString());
    return PLAIN.matcher(line).matches() ? line : "'" + line.replace("'", "'\\''") + "'";
  }
}
