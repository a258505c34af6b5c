package vaeocl.formats;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines to be pasted into a POSIX shell. */
public final class ShellLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellLine() {}

  /**
   * How to start this program here, with the jar where it lies.
   *
   * @param options for Java
   */
  public static String program(String... options) {
    String jar = jar(ShellLine.class.getProtectionDomain().getCodeSource());
    return Stream.of(Stream.of("java"), Stream.of(options), Stream.of("-jar", jar))
        .flatMap(words -> words.map(ShellLine::quoted))
        .collect(Collectors.joining(" "));
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
