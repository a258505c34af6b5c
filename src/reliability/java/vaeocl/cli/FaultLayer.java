package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vaeocl.ChildJvm;

/**
 * The layer of {@code src/reliability/c/faults.c} between a process and its driver, PoCL.
 *
 * @param library what it was compiled to
 * @param file that arms it
 * @param control the file's bytes: struct control of faults.c
 */
record FaultLayer(Path library, Path file, MappedByteBuffer control) {
  private static final Path SOURCE = Path.of("src", "reliability", "c", "faults.c");
  private static final Path HEADER = Path.of("/usr/include/CL/cl_layer.h");

  private static final int MODE = 0;
  private static final int CODE = 4;
  private static final int FIRED = 8;
  private static final int PENDING = 12;
  private static final int AT = 16;
  private static final int CALL = 24;
  private static final int CALLS = 64;
  private static final int NAME_BYTES = 40;
  private static final int BYTES = 4096;

  /** Compiles the layer; skips the test where there is no C compiler or no header. */
  static Path compile(Path folder) throws InterruptedException {
    ChildJvm.needs(ChildJvm.POCL);
    ChildJvm.needs(Files.exists(HEADER), "OpenCL headers (opencl-c-headers)");
    Path library = folder.resolve("libfaults.so");
    String options = "gcc -Wall -Wextra -Werror -shared -fPIC -O1 -o";
    ProcessBuilder gcc = new ProcessBuilder(options.split(" ")).inheritIO();
    gcc.command().addAll(List.of(library.toString(), SOURCE.toString()));
    try {
      assertEquals(0, gcc.start().waitFor(), "gcc");
    } catch (IOException e) {
      ChildJvm.needs(false, "gcc");
    }
    return library;
  }

  /**
   * The layer as one process has it.
   *
   * @param file to arm it with, which is made
   */
  static FaultLayer of(Path library, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer control = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
      control.order(ByteOrder.nativeOrder());
      return new FaultLayer(library, file, control);
    }
  }

  /** What the process needs. */
  Map<String, String> environment() {
    return Map.of(
        ChildJvm.VENDORS,
        ChildJvm.POCL.toString(),
        "OPENCL_LAYERS",
        library.toString(),
        "FAULT_CONTROL",
        file.toString());
  }

  /** Sets the next fault, and all counts to 0; not while the process calls its driver. */
  void arm(DeviceFault fault) {
    control.putLong(AT, 0).putInt(PENDING, 0).putInt(FIRED, 0);
    for (int at = CALLS; at < BYTES - NAME_BYTES; at += NAME_BYTES + Long.BYTES) {
      control.putLong(at + NAME_BYTES, 0);
    }
    control.putInt(MODE, fault.mode().number()).putInt(CODE, fault.code());
    control.put(CALL, new byte[NAME_BYTES]);
    control.put(CALL, fault.call().getBytes(StandardCharsets.UTF_8));
    control.putLong(AT, fault.nth());
  }

  /** Whether the call that was to fail was made. */
  boolean fired() {
    return control.getInt(FIRED) != 0;
  }

  /** Calls of each entry point that was called. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (int at = CALLS; control.get(at) != 0; at += NAME_BYTES + Long.BYTES) {
      byte[] name = new byte[NAME_BYTES];
      control.get(at, name);
      long count = control.getLong(at + NAME_BYTES);
      if (count > 0) {
        counts.put(new String(name, StandardCharsets.UTF_8).replace("\0", ""), count);
      }
    }
    return counts;
  }
}
