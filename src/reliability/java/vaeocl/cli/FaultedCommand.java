package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vaeocl.cli.CommandRun.Outcome;

/**
 * A command under faults, and what is promised of it.
 *
 * @param goesOn whether it may do without what failed
 * @param from a run that it works on a copy of; null for none
 * @param whole what its run is to become where it trains
 * @param words with {@code RUN} for the copy or the new run, {@code OUT} for a file's beginning
 */
record FaultedCommand(String name, boolean goesOn, Path from, Path whole, List<String> words) {
  static final int EPOCHS = 2;

  /** Of all trainings. */
  static final List<String> NET = List.of("--hidden", "20", "--checkpoint-every", "1");

  /** Ours, and CLBlast's own, which writes past the program. */
  private static final Pattern NOTICE =
      Pattern.compile("vae-ocl: warning: |CLBlast: OpenCL error: ");

  /** The line tells the driver's call and status. */
  private static final Pattern CALL = Pattern.compile("cl[A-Z]\\w+(?:\\(.*\\))? failed: \\w");

  private static final Pattern REMEDY =
      Pattern.compile("try again|free memory|--device|--resume|apt-get");

  private static final Pattern OURS =
      Pattern.compile("--verbose shows where|\\n\\s+at |Exception in thread");

  /** Makes the folder of one trial, with the copy of the run. */
  Path prepare(Path folder) throws IOException {
    Files.createDirectory(folder);
    if (from != null) {
      Path run = Files.createDirectory(folder.resolve("run"));
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, run.resolve(file.getFileName()));
        }
      }
    }
    return folder;
  }

  @Override
  public String toString() {
    return name;
  }

  /** The command line in a prepared folder. */
  List<String> in(Path folder) {
    return words.stream()
        .map(w -> w.replace("RUN", folder.resolve("run").toString()))
        .map(w -> w.replace("OUT", folder.resolve("out").toString()))
        .toList();
  }

  /**
   * What is wrong with how it took a fault; "" for nothing.
   *
   * @param good the folder of a trial without a fault
   * @param server resumes a training
   */
  String wrong(
      DeviceFault fault, boolean fired, Outcome o, Path good, Path folder, CommandServer server)
      throws Exception {
    try {
      judge(fault, fired, o);
      if (words.get(0).equals("train")) {
        assertGoesOn(folder.resolve("run"), o.status(), server);
      } else {
        assertWhole(good, folder, o.status());
      }
      return "";
    } catch (AssertionError e) {
      return e.getMessage();
    }
  }

  private void judge(DeviceFault fault, boolean fired, Outcome o) {
    assertFalse(OURS.matcher(o.err()).find(), o.err());
    o.err()
        .lines()
        .filter(line -> CALL.matcher(line).find())
        .forEach(line -> assertTrue(REMEDY.matcher(line).find(), "no remedy: " + line));
    List<String> lines = o.err().lines().filter(line -> !NOTICE.matcher(line).lookingAt()).toList();
    // What is left over when all is done is nobody's loss.
    boolean harmless = goesOn || fault.call().startsWith("clRelease");
    if (o.status() == 0) {
      assertTrue(!fired || harmless, "succeeded all the same");
      assertEquals(List.of(), lines);
      return;
    }
    assertTrue(o.status() == Cli.FAILED || o.status() == Cli.USER_ERROR, o.toString());
    assertTrue(fired, "failed without a fault: " + o.err());
    assertEquals(1, lines.size(), o.err());
    String line = lines.get(0);
    assertTrue(line.startsWith("vae-ocl: ") && CALL.matcher(line).find(), line);
    boolean other =
        switch (fault.mode()) {
          case ONCE -> false;
          case LOST -> harmless; // until the next call
          case LATE -> true;
        };
    assertTrue(other || line.contains(fault.call()), line);
  }

  /** A result is there whole, or it is not there. */
  private static void assertWhole(Path good, Path folder, int status) throws IOException {
    try (Stream<Path> files = Files.list(good)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("out")).toList()) {
        Path made = folder.resolve(file.getFileName());
        assertEquals(status == 0, Files.exists(made), made.toString());
        if (status == 0 && !file.toString().endsWith(".json")) { // which holds times
          assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(made), made.toString());
        }
      }
    }
  }

  private void assertGoesOn(Path run, int status, CommandServer server) throws Exception {
    if (!Files.exists(run.resolve("checkpoint.safetensors"))) {
      assertTrue(status != 0 && !Files.exists(run.resolve("config.json")), "no checkpoint");
      return;
    }
    String epochs = Integer.toString(EPOCHS);
    Outcome o =
        server.run(List.of("train", "--resume", run.toString(), "--epochs", epochs, "--no-report"));
    boolean finished = o.err().contains("has " + EPOCHS + " epochs already");
    assertTrue(finished || (o.status() == 0 && o.err().isEmpty()), "resumed: " + o.err());
    SmallTraining.assertSame(whole, run, "resumed");
  }
}
