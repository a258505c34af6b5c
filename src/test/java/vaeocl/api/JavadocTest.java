package vaeocl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's Javadoc says all of everything public: javadoc has no warning. */
class JavadocTest {
  @TempDir Path temp;

  @Test
  void hasNoWarning() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-quiet", "-Xdoclint:all", "-Werror", "-encoding", "UTF-8", "-d"));
    arguments.add(temp.toString());
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.list(Path.of("src", "main", "java", "vaeocl", "api"))) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status =
        ToolProvider.findFirst("javadoc")
            .orElseThrow()
            .run(out, out, arguments.toArray(String[]::new));
    assertEquals(0, status, said.toString());
    assertEquals("", said.toString());
    assertTrue(Files.exists(temp.resolve("vaeocl/api/Trainer.html")));
  }
}
