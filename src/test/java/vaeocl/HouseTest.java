package vaeocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay small, and what makes CPUs fast stays in its rooms. */
class HouseTest {
  private static final int CLASS_LINES = 250;
  private static final int KERNEL_LINES = 150;
  private static final int KERNEL_COLUMNS = 120;

  /** How the head of a longer file begins to say why: "Longer than 250 lines: …". */
  private static final String LONGER = "Longer than %d lines: ";

  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public |abstract |final |sealed )*(?:class|record|@?interface|enum) ");

  /** Rooms that may speak of the CPU's tricks, in main and in test. */
  private static final Set<String> CPU_ROOMS = Set.of("opencl/cpu", "locality", "kernels/cpu");

  /** What makes CPUs fast, and nothing else, is called by these words. */
  private static final Pattern CPU_WORDS =
      Pattern.compile(
          "(?i)non-?zero|\\bbit ?masks?\\b|\\bbit ?sets?\\b|row ?tile|zeroAlike|\\bmultiply_marked\\b|\\bmark_tile\\b"
              + "|\\btickets?\\b|persistent ?step|step ?phases|training_steps|launch ?policy"
              + "|unit ?orders?\\b|batch ?orders?\\b|mu ?orders?\\b|order of units|\\b[xy](?:Columns|Samples)\\b");

  /**
   * Words that mean the CPU's tricks where nets are computed, and other things where files, data
   * and pages are: gzip's flags, places on a map.
   */
  private static final Pattern WORDS =
      Pattern.compile("(?i)\\bsparse|\\bflags?\\b|\\bgates\\b|\\bplaces\\b");

  private static final Set<String> COMPUTING =
      Set.of(
          "ops",
          "reference",
          "model",
          "train",
          "check",
          "bench",
          "opencl",
          "opencl/plan",
          "opencl/gpu",
          "opencl/plain",
          "kernels/lib",
          "kernels/gpu",
          "kernels/plain");

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(f -> f.toString().endsWith(ending)).sorted().toList();
      assertFalse(files.isEmpty(), "no files in " + folder.toAbsolutePath());
      return files;
    }
  }

  private static List<Path> classes() throws IOException {
    List<Path> all = new ArrayList<>(files(Path.of("src", "main", "java"), ".java"));
    all.addAll(files(Path.of("src", "test", "java"), ".java"));
    all.addAll(files(Path.of("src", "reliability", "java"), ".java"));
    return all;
  }

  private static List<Path> kernels() throws IOException {
    return files(Path.of("kernels"), ".cl");
  }

  /** A room as in ArchitectureTest, or the folder of a kernel. */
  private static String room(Path file) {
    String folder = file.getParent().toString().replace('\\', '/');
    return folder.replaceFirst("^src/(main|test|reliability)/java/vaeocl/?", "");
  }

  @Test
  void classesAreSmallOrSayWhyNot() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : classes()) {
      if (file.endsWith("package-info.java")) {
        continue;
      }
      String text = Files.readString(file);
      Matcher type = TYPE.matcher(text);
      assertTrue(type.find(), file + " declares no type");
      check(file, text, text.substring(0, type.start()), CLASS_LINES, wrong);
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void kernelFilesAreSmallOrSayWhyNot() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : kernels()) {
      String text = Files.readString(file);
      check(file, text, text.split("(?m)^(?!//)", 2)[0], KERNEL_LINES, wrong);
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > KERNEL_COLUMNS) {
          wrong.add(file + ":" + (i + 1) + " has " + lines.get(i).length() + " characters");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static void check(Path file, String text, String head, int most, List<String> wrong) {
    long lines = text.lines().count();
    boolean said = head.replaceAll("\\s+(?:\\*|//)?\\s*", " ").contains(LONGER.formatted(most));
    if (lines > most && !said) {
      wrong.add(file + " has " + lines + " lines, and its head does not say why");
    } else if (lines <= most && said) {
      wrong.add(file + " has " + lines + " lines, and its head excuses more");
    }
  }

  @Test
  void whatMakesCpusFastIsSpokenOfInItsRoomsOnly() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Path> all = new ArrayList<>(classes());
    all.addAll(kernels());
    for (Path file : all) {
      if (CPU_ROOMS.contains(room(file)) || file.endsWith("HouseTest.java")) {
        continue;
      }
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        // A test that names a kernel of cpu/ is a test of that kernel.
        String line = lines.get(i).contains("cpu/") ? "" : lines.get(i);
        boolean computing = COMPUTING.contains(room(file));
        if (CPU_WORDS.matcher(line).find() || (computing && WORDS.matcher(line).find())) {
          wrong.add(file + ":" + (i + 1) + ": " + line.strip());
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  /** Rooms that a list names exist: one that was renamed would no longer be watched. */
  @Test
  void roomsExist() throws IOException {
    List<Path> all = new ArrayList<>(classes());
    all.addAll(kernels());
    Set<String> rooms = Set.copyOf(all.stream().map(HouseTest::room).toList());
    assertTrue(rooms.containsAll(CPU_ROOMS) && rooms.containsAll(COMPUTING), rooms.toString());
  }
}
