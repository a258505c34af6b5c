package vaeocl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --out}: where a command writes, and by the name's ending what. */
final class OutOption {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write; the ending chooses the format.")
  private Path out;

  /**
   * The file to write.
   *
   * @param otherwise its name where the user gave none; not written over
   * @param endings that are possible, with their dots
   * @throws UserError if the ending is none of them, or the file cannot be meant
   */
  Path file(String otherwise, List<String> endings) {
    Path file = out == null ? Path.of(otherwise) : out;
    if (out == null && Files.exists(file)) {
      throw new UserError(file + " exists already; name a file with --out");
    }
    if (endings.stream().noneMatch(e -> has(file, e))) {
      throw new UserError("--out " + file + " has to end in " + String.join(" or ", endings));
    }
    OutputFile.requireReplaceable("--out", file);
    return file;
  }

  /** Whether a file's name has an ending. */
  static boolean has(Path file, String ending) {
    Path name = file.getFileName();
    return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
