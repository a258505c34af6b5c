package vaeocl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vaeocl.formats.ExitHook;

/**
 * What a command said, in a process of its own.
 *
 * @param name of the part
 * @param arguments of the command
 * @param problem why it is of no use, in a sentence; "" where all is well
 * @param output what it printed
 * @param errors what it complained of
 */
record ReportedPart(
    String name,
    List<String> arguments,
    String problem,
    double seconds,
    String output,
    String errors) {
  /** More than any command prints. */
  private static final int MOST_CHARACTERS = 100_000;

  /**
   * Runs the command.
   *
   * @param folder for what it prints
   * @param limit after which it is ended
   */
  static ReportedPart run(String name, List<String> arguments, Path folder, Duration limit)
      throws IOException {
    Path out = folder.resolve("output");
    Path err = folder.resolve("errors");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(SameProgram.command(arguments))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    ExitHook hook = ExitHook.of(process::destroy);
    String problem;
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      problem =
          ended
              ? problem(process.exitValue(), text(err))
              : "no end within " + limit.toSeconds() + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    } finally {
      process.destroyForcibly();
      hook.release();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new ReportedPart(name, arguments, problem, seconds, text(out), text(err));
  }

  private static String problem(int status, String errors) {
    String last = errors.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
    return status == Cli.OK ? "" : "status " + status + (last.isEmpty() ? "" : ": " + last);
  }

  /** Nobody needs to know whose computer it was. */
  private static String text(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    String home = System.getProperty("user.home");
    String where = home == null || home.length() < 2 ? text : text.replace(home, "~");
    return where.substring(0, Math.min(where.length(), MOST_CHARACTERS));
  }
}
