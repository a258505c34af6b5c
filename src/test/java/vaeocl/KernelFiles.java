package vaeocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kernels as they are shipped, and copies of them with a mistake in it. */
public final class KernelFiles {
  private static final Path FOLDER = Path.of("kernels");

  private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern KERNEL =
      Pattern.compile("\\b(?:kernel\\s+void|KERNEL)\\s+(\\w+)\\s*\\(");

  private KernelFiles() {}

  /** Paths of all files within the folder, like {@code lib/panel.cl}, sorted; there are some. */
  public static List<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<String> all =
          files
              .map(f -> FOLDER.relativize(f).toString().replace('\\', '/'))
              .filter(f -> f.endsWith(".cl"))
              .sorted()
              .toList();
      assertFalse(all.isEmpty(), "no kernels in " + FOLDER.toAbsolutePath());
      return all;
    }
  }

  /** A file's text. */
  public static String text(String file) throws IOException {
    return Files.readString(FOLDER.resolve(file));
  }

  /** Names of a tiling's kernels, those that serve every tiling included. */
  public static Set<String> kernels(String tiling) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String file : all()) {
      boolean common = text(file).contains("or every tiling");
      if (!file.startsWith(tiling + "/") && !common) {
        continue;
      }
      Matcher matcher = KERNEL.matcher(COMMENT.matcher(text(file)).replaceAll(""));
      while (matcher.find()) {
        assertTrue(names.add(matcher.group(1)), matcher.group(1) + " twice");
      }
    }
    assertTrue(names.size() > 1, "no kernels found");
    return names;
  }

  /** How often a text occurs in a file. */
  public static int count(String file, String text) throws IOException {
    return text(file).split(Pattern.quote(text), -1).length - 1;
  }

  /** Copies all kernels into a folder, and puts another text in the place of one found once. */
  public static void plant(Path folder, String file, String text, String other) throws IOException {
    assertEquals(
        1, count(file, text), file + " has changed; adapt the planted mistake to it: " + text);
    copy(folder);
    Files.writeString(folder.resolve(file), text(file).replace(text, other));
  }

  /** Copies all kernels into a folder, and takes one of several occurrences of a text out. */
  public static void drop(Path folder, String file, String text, int which) throws IOException {
    String whole = text(file);
    int at = -1;
    for (int i = 0; i <= which; i++) {
      at = whole.indexOf(text, at + 1);
      assertTrue(at >= 0, file + " does not hold so many: " + text);
    }
    copy(folder);
    String without = whole.substring(0, at) + whole.substring(at + text.length());
    Files.writeString(folder.resolve(file), without);
  }

  /** Copies all kernels into a folder. */
  public static void copy(Path folder) throws IOException {
    for (String file : all()) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(FOLDER.resolve(file), folder.resolve(file));
    }
  }
}
