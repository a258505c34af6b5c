package vaeocl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --json}: one flat object on standard output in place of text. */
final class JsonOption {
  @Option(names = "--json", description = "Print one flat JSON object instead of text.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Prints either the lines or the values. */
  void print(PrintWriter out, List<String> lines, Map<String, Object> values) {
    if (json) {
      out.println(Json.line(values, command.commandLine().getErr()));
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }
}
