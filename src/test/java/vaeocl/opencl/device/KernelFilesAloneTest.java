package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.KernelFiles;
import vaeocl.Pocl;

/**
 * Each file of kernels compiles by itself, with the defaults of its tunables: by a driver, which
 * gets what {@link KernelSource} makes of it, and by clang, which finds includes itself.
 */
class KernelFilesAloneTest {
  private static final String NEEDED = "#include \"lib/panel.cl\"\n";

  /** A file needs it for macros, which no compiler takes for functions of its own. */
  private static final String NEEDS = "gpu/gather.cl";

  @TempDir private Path folder;

  private static void build(KernelSource source, String file) {
    try (ClContext context = new ClContext(Pocl.device(), false);
        KernelProgram program =
            new KernelProgram(context, source.program(List.of(file)), file, "-cl-std=CL1.2")) {
      assertEquals(file, program.file());
    }
  }

  /** What clang says of a file, empty if all is well. */
  private static String clang(Path folder, String file, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("clang", "-x", "cl", "-cl-std=CL1.2"));
    command.addAll(List.of("-Xclang", "-finclude-default-header", "-fsyntax-only"));
    // A file of functions for others is a main file here.
    command.addAll(List.of("-Wall", "-Wno-pragma-once-outside-header", "-Wno-unused-function"));
    command.addAll(List.of(options));
    command.addAll(List.of("-I", folder.toString(), folder.resolve(file).toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said : "failed: " + said;
  }

  private static void needsClang() {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean found =
        Stream.of(path.split(File.pathSeparator))
            .anyMatch(p -> Files.isExecutable(Path.of(p, "clang")));
    assumeTrue(found, "no clang on PATH");
  }

  @TestFactory
  List<DynamicTest> byADriver() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : KernelFiles.all()) {
      KernelSource source = KernelSource.packed();
      tests.add(dynamicTest(file, () -> assertDoesNotThrow(() -> build(source, file))));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> byClang() throws IOException {
    needsClang();
    Path shipped = Path.of("kernels");
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : KernelFiles.all()) {
      tests.add(dynamicTest(file, () -> assertEquals("", clang(shipped, file))));
      if (file.startsWith("cpu/")) {
        String name = file + " as a phase";
        tests.add(dynamicTest(name, () -> assertEquals("", clang(shipped, file, "-DJOINED"))));
      }
    }
    return tests;
  }

  @Test
  void aDriverNoticesThatAnIncludeIsMissing() throws IOException {
    KernelFiles.plant(folder, NEEDS, NEEDED, "");
    KernelSource source = KernelSource.folder(folder);
    assertDoesNotThrow(() -> build(source, "gpu/loss.cl"));
    assertThrows(OpenClException.class, () -> build(source, NEEDS));
  }

  @Test
  void clangNoticesThatAnIncludeIsMissing() throws Exception {
    needsClang();
    KernelFiles.plant(folder, NEEDS, NEEDED, "");
    assertEquals("", clang(folder, "gpu/loss.cl"));
    String said = clang(folder, NEEDS);
    assertTrue(said.startsWith("failed: ") && said.contains("RUN_START"), said);
    assertFalse(said.contains("file not found"), said);
  }
}
