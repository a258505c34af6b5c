package vaeocl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;

/** What README and the page on the library show is compiled and run, on a few digits. */
class ReadmeSnippetTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir Path temp;

  @Test
  void readme() throws Exception {
    run(Files.readString(Path.of("README.md")), 1);
  }

  @Test
  void thePageOnTheLibrary() throws Exception {
    run(Files.readString(Path.of("src", "docs", "library.md")), 2);
  }

  /** All of a text's blocks, each a program by itself. */
  private void run(String text, int least) throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    Path digits = TestData.digitsFolder(temp.resolve("digits"), 400, 60);
    Matcher blocks = BLOCK.matcher(text);
    int count = 0;
    while (blocks.find()) {
      run("Snippet" + count++, blocks.group(1), digits);
    }
    assertTrue(count >= least, count + " blocks of Java");
  }

  private void run(String name, String block, Path digits) throws Exception {
    // The device of the tests, and images that are there without a network.
    String body =
        block
            .replace("ImageSet.mnist()", "ImageSet.read(Path.of(\"" + digits + "\"))")
            .replace("Path.of(\"vae", "Path.of(\"" + temp + "/" + name + "-vae")
            .replace("Path.of(\"runs", "Path.of(\"" + temp + "/" + name + "-runs");
    String imports = "import vaeocl.api.*;\nimport vaeocl.model.*;\nimport java.nio.file.Path;\n";
    String program =
        imports
            + "public class %s {\n  public static void main(String[] a) throws Exception {\n%s}\n}\n"
                .formatted(name, body);
    Path source = temp.resolve(name + ".java");
    Files.writeString(source, program);
    compile(source);
    String classPath = System.getProperty("java.class.path");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(java.toString(), "-cp", classPath + ":" + temp, name));
    builder.environment().putAll(Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString()));
    Path log = temp.resolve(name + ".log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = builder.start().waitFor();
    assertEquals(0, status, Files.readString(log));
    assertTrue(Files.readString(log).contains("nats"), Files.readString(log));
  }

  private void compile(Path source) throws IOException {
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                temp.toString(),
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                source.toString());
    assertEquals(0, status, Files.readString(source));
  }
}
