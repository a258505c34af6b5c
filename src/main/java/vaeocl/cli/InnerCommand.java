package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A command that another one runs within its own process. */
final class InnerCommand {
  private InnerCommand() {}

  /**
   * Runs it; what it throws reaches the caller.
   *
   * @param words options and their values, without the command's name
   * @return its exit status
   */
  static int run(Callable<Integer> command, List<String> words, PrintWriter out, PrintWriter err)
      throws IOException {
    parse(command, words, out, err);
    try {
      return command.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // no command throws another
    }
  }

  /** Gives it its options, without running it. */
  static ParseResult parse(Object command, List<String> words, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(command).setOut(out).setErr(err).setExpandAtFiles(false);
    ValueConverter.register(line);
    return line.parseArgs(words.toArray(String[]::new));
  }
}
