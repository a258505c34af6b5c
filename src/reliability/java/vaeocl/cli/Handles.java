package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import vaeocl.ChildJvm;

/**
 * What the layer of {@code src/reliability/c/handles.c} counted in a process.
 *
 * @param alive contexts, queues, buffers, programs, kernels, events, bytes of buffers
 * @param ever the same, of all that there were
 */
record Handles(long[] alive, long[] ever) {
  static final String FILE = "HANDLES";
  private static final Path SOURCE = Path.of("src", "reliability", "c", "handles.c");
  private static final Path HEADER = Path.of("/usr/include/CL/cl_layer.h");
  private static final int KINDS = 7;

  static Handles read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    long[] all = new long[2 * KINDS];
    bytes.asLongBuffer().get(all);
    return new Handles(Arrays.copyOf(all, KINDS), Arrays.copyOfRange(all, KINDS, 2 * KINDS));
  }

  /**
   * Compiles the layer; skips the test where there is no C compiler or no header.
   *
   * @return what a process needs to be counted into {@code counts}
   */
  static Map<String, String> environment(Path folder, Path counts) throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    ChildJvm.needs(Files.exists(HEADER), "OpenCL headers (opencl-c-headers)");
    String library = folder.resolve("libhandles.so").toString();
    List<String> gcc =
        List.of("gcc", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O1", "-o", library);
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(gcc)).inheritIO();
    builder.command().add(SOURCE.toString());
    try {
      assertEquals(0, builder.start().waitFor(), "gcc");
    } catch (IOException e) {
      ChildJvm.needs(false, "gcc");
    }
    return Map.of(
        ChildJvm.VENDORS, ChildJvm.POCL.toString(), "OPENCL_LAYERS", library, FILE, counts + "");
  }
}
