package vaeocl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --json}: one flat object on standard output in place of text. */
final class JsonOption {
  @Option(names = "--json", description = "Print one flat JSON object instead of text.")
  private boolean json;

  /** Prints either the lines or the values. */
  void print(PrintWriter out, List<String> lines, Map<String, Object> values) {
    if (json) {
      try {
        out.println(new ObjectMapper().writeValueAsString(values));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }
}
