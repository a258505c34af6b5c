package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.Pocl;

/** How files of kernels become the text of a program. */
class KernelSourceTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    file("lib/a.cl", "#pragma once\n#define A 1\n");
    file("lib/b.cl", "#pragma once\n#include \"lib/a.cl\" // for A\n#define B A\n");
    file("x.cl", "// x\n#include \"lib/b.cl\"\n#include \"lib/a.cl\"\nint x = B;\n");
    file("y.cl", "#include \"lib/b.cl\"\nint y = B;\n");
  }

  private void file(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private String program(String... files) {
    return KernelSource.folder(folder).program(List.of(files));
  }

  @Test
  void eachFileComesOnceAndEachLineKeepsItsNumber() {
    String expected =
        """
        #line 1 "x.cl"
        // x
        #line 1 "lib/b.cl"

        #line 1 "lib/a.cl"

        #define A 1
        #line 3 "lib/b.cl"
        #define B A
        #line 3 "x.cl"

        int x = B;
        #line 1 "y.cl"

        int y = B;
        """;
    assertEquals(expected, program("x.cl", "y.cl", "x.cl"));
  }

  @Test
  void filesThatIncludeEachOtherComeOnce() throws IOException {
    file("lib/a.cl", "#include \"lib/b.cl\"\nint a;\n");
    assertEquals(1, program("y.cl").split("int a;", -1).length - 1);
  }

  @Test
  void aMissingIncludeNamesWhoWantedItAndWhere() throws IOException {
    file("lib/b.cl", "\n\n#include \"lib/no.cl\"\n");
    Exception e = assertThrows(UncheckedIOException.class, () -> program("x.cl"));
    assertTrue(e.getMessage().contains("lib/b.cl:3 includes lib/no.cl (no such file"), e::toString);
    Exception first = assertThrows(UncheckedIOException.class, () -> program("no.cl"));
    assertTrue(first.getMessage().contains("no.cl (no such file in "), first::toString);
  }

  @Test
  void aMissingFileOfTheJarIsNamed() {
    List<String> file = List.of("no.cl");
    Exception e =
        assertThrows(UncheckedIOException.class, () -> KernelSource.packed().program(file));
    assertTrue(e.getMessage().contains("no.cl (missing from the jar"), e::toString);
  }

  @Test
  void aCompilerPointsAtTheLineInItsFile() throws IOException {
    file("y.cl", "#include \"lib/b.cl\"\n\nint y = ;\n");
    try (ClContext context = new ClContext(Pocl.device(), false)) {
      OpenClException e =
          assertThrows(
              OpenClException.class,
              () -> new KernelProgram(context, program("y.cl"), "y.cl", "-cl-std=CL1.2"));
      assertTrue(e.getMessage().contains("y.cl:3:"), e.getMessage());
    }
  }
}
