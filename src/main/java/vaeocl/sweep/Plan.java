package vaeocl.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vaeocl.formats.FormatException;
import vaeocl.formats.ShellLine;
import vaeocl.formats.TextFile;

/**
 * All trainings of a sweep, and the file {@value #FILE} that holds them: a header, then a line a
 * training with its number, its folder and its options, tabs between.
 */
public record Plan(List<Task> tasks) {
  /** Its name in the sweep's folder. */
  public static final String FILE = "plan.tsv";

  private static final String HEADER = "number\tfolder\toptions";

  /** More is a mistake in typing. */
  private static final int MOST = 100_000;

  /** A name that any file system takes. */
  private static final int LONGEST_NAME = 200;

  public Plan {
    tasks = List.copyOf(tasks);
  }

  /**
   * All combinations of values, the last axis changing fastest. Folders are named by the axes that
   * have several values.
   *
   * @throws IllegalArgumentException if there are too many
   */
  public static Plan product(List<Axis> axes) {
    long count = axes.stream().mapToLong(a -> a.values().size()).reduce(1, Plan::times);
    if (count > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " trainings in one sweep");
    }
    List<Task> tasks = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      List<String> options = new ArrayList<>();
      List<String> names = new ArrayList<>();
      long rest = number - 1L;
      long block = count;
      for (Axis axis : axes) {
        block /= axis.values().size();
        int index = (int) (rest / block);
        rest %= block;
        options.add(axis.word(axis.values().get(index)));
        if (axis.values().size() > 1) {
          names.add(axis.label(index));
        }
      }
      String name = names.isEmpty() ? "run" : String.join("_", names);
      tasks.add(new Task(number, name.length() > LONGEST_NAME ? "run-" + number : name, options));
    }
    return new Plan(tasks);
  }

  private static long times(long a, long b) {
    return Math.min(a * b, MOST + 1L);
  }

  /** Whether a folder holds a plan. */
  public static boolean in(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Reads a folder's plan.
   *
   * @throws FormatException if there is none, or a line is none of a plan
   */
  public static Plan read(Path folder) throws FormatException {
    Path file = folder.resolve(FILE);
    if (!Files.isDirectory(folder) || !Files.exists(file)) {
      throw new FormatException(
          folder, "holds no " + FILE + "; plan a sweep with: sweep OPTIONS --out " + folder);
    }
    List<String> lines = TextFile.read(file).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new FormatException(
          file, "does not begin with '" + HEADER.replace("\t", "<tab>") + "'");
    }
    List<Task> tasks = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (int i = 1; i < lines.size(); i++) {
      Task task = task(file, i + 1, lines.get(i));
      if (task.number() != i) {
        throw wrong(file, i + 1, "has number " + task.number() + " where " + i + " belongs");
      }
      if (!folders.add(task.folder())) {
        throw wrong(file, i + 1, "has the folder of an earlier line: " + task.folder());
      }
      tasks.add(task);
    }
    if (tasks.isEmpty()) {
      throw new FormatException(file, "has no training in it");
    }
    return new Plan(tasks);
  }

  private static Task task(Path file, int line, String text) throws FormatException {
    String[] parts = text.split("\t", -1);
    if (parts.length != 3) {
      throw wrong(file, line, "has " + parts.length + " columns, not 3 with tabs between");
    }
    try {
      int number = Integer.parseInt(parts[0]);
      return new Task(number, folder(parts[1]), ShellLine.words(parts[2]));
    } catch (NumberFormatException e) {
      throw wrong(file, line, "begins with no number: '" + parts[0] + "'");
    } catch (IllegalArgumentException e) {
      throw wrong(file, line, e.getMessage());
    }
  }

  /** A run belongs into the sweep's folder. */
  private static String folder(String text) {
    try {
      Path path = Path.of(text);
      boolean inside =
          !path.isAbsolute() && path.normalize().equals(path) && !text.startsWith("..");
      if (inside && !text.isBlank()) {
        return text;
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw new IllegalArgumentException("'" + text + "' is no folder inside the sweep's");
  }

  private static FormatException wrong(Path file, int line, String what) {
    return new FormatException(file, "line " + line + " " + what);
  }

  /** Writes the plan into a folder that is there. */
  public void write(Path folder) throws IOException {
    TextFile.write(
        folder.resolve(FILE),
        tasks.stream()
            .map(t -> t.number() + "\t" + t.folder() + "\t" + t.line() + "\n")
            .collect(Collectors.joining("", HEADER + "\n", "")));
  }

  /**
   * A training by its number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Task task(long number) {
    if (number < 1 || number > tasks.size()) {
      throw new IllegalArgumentException(
          "there is no task " + number + ": the plan has " + tasks.size() + ", from 1");
    }
    return tasks.get((int) number - 1);
  }
}
