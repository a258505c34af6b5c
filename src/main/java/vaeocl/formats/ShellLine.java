package vaeocl.formats;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
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
    return start(jar(ShellLine.class.getProtectionDomain().getCodeSource()), options);
  }

  /** The same from any folder. */
  public static String absoluteProgram() {
    String jar = jar(ShellLine.class.getProtectionDomain().getCodeSource());
    return start(Path.of(jar).toAbsolutePath().toString());
  }

  private static String start(String jar, String... options) {
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

  /**
   * The words of a line, as a shell would find them: blanks separate, quotes and backslashes hold
   * together.
   *
   * @throws IllegalArgumentException if a quote does not end
   */
  public static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("has a quote that does not end: " + line);
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }

  /** A word that a shell takes as it is, quoted where it needs to be. */
  public static String quoted(Object word) {
    String line = FormatException.oneLine(word.toString());
    return PLAIN.matcher(line).matches() ? line : "'" + line.replace("'", "'\\''") + "'";
  }
}
