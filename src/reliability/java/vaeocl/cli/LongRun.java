package vaeocl.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that runs the program and says after every epoch what memory it holds. */
public final class LongRun {
  private LongRun() {}

  /**
   * What it holds after an epoch: "held", heap after a collection in bytes, the process's resident
   * memory in KB, then what {@link Handles} counts as alive.
   */
  public static void main(String[] args) {
    PrintStream out = System.out;
    ByteArrayOutputStream lines =
        new ByteArrayOutputStream() {
          @Override
          public void flush() throws IOException {
            for (String line : toString(StandardCharsets.UTF_8).lines().toList()) {
              if (line.startsWith("Epoch [")) {
                out.println("held " + held());
              }
            }
            reset();
          }
        };
    PrintStream counted = new PrintStream(lines, true, StandardCharsets.UTF_8);
    System.exit(Cli.run(args, counted, System.err));
  }

  private static String held() {
    System.gc();
    Runtime java = Runtime.getRuntime();
    long heap = java.totalMemory() - java.freeMemory();
    try {
      String resident =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(l -> l.startsWith("VmRSS:"))
              .map(l -> l.replaceAll("\\D", ""))
              .findFirst()
              .orElseThrow();
      long[] alive = Handles.read(Path.of(System.getenv(Handles.FILE))).alive();
      String handles = Arrays.toString(alive).replaceAll("[\\[\\],]", "");
      return heap + " " + resident + " " + handles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
