package vaeocl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;

/** The notebook and the session of JShell run, on a few digits, as a Java kernel runs them. */
class NotebookTest {
  private static final Path DOCS = Path.of("src", "docs");

  @TempDir Path temp;

  private static List<String> cells() throws IOException {
    List<String> cells = new ArrayList<>();
    for (JsonNode cell :
        new ObjectMapper().readTree(DOCS.resolve("lab.ipynb").toFile()).get("cells")) {
      StringBuilder source = new StringBuilder();
      cell.get("source").forEach(line -> source.append(line.asText()));
      if (cell.get("cell_type").asText().equals("code") && source.charAt(0) != '%') {
        cells.add(source.toString());
      }
    }
    return cells;
  }

  /** What all snippets came to that were given, in their order. */
  private List<SnippetEvent> run(List<String> cells) throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    Path digits = TestData.digitsFolder(temp.resolve("digits"), 300, 500);
    List<SnippetEvent> events = new ArrayList<>();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      for (String cell : cells) {
        String left =
            cell.replace(
                    "ImageSet.mnist()",
                    "ImageSet.read(java.nio.file.Path.of(\"%s\"))".formatted(digits))
                .replace("Path.of(\"manifold", "Path.of(\"" + temp + "/manifold");
        while (!left.isBlank()) {
          CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(left);
          for (SnippetEvent event : shell.eval(next.source())) {
            String problem =
                shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList()
                    + ", "
                    + event.exception();
            assertEquals("[], null", problem, next.source());
            assertEquals(Snippet.Status.VALID, event.status(), next.source());
            events.add(event);
          }
          left = next.remaining();
        }
      }
    }
    return events;
  }

  @Test
  void notebook() throws Exception {
    List<String> cells = cells();
    assertTrue(cells.size() > 5, cells.size() + " cells");
    long pictures =
        run(cells).stream()
            .map(SnippetEvent::value)
            .filter(value -> value != null && value.startsWith("BufferedImage@"))
            .count();
    assertTrue(pictures >= 4, pictures + " pictures");
  }

  @Test
  void session() throws Exception {
    List<String> lines = Files.readAllLines(DOCS.resolve("library.jsh"));
    assertEquals("/exit", lines.get(lines.size() - 1));
    run(lines.stream().filter(l -> !l.startsWith("/")).toList());
    assertTrue(Files.size(temp.resolve("manifold.png")) > 0);
  }
}
