package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;

/**
 * Kills a training, or fails the disk under it, at one system call after the other: the run folder
 * goes on from every one of them, and ends as if nothing had been.
 */
class KillTest {
  private static final int KILLED = 128 + 9;

  /** More calls than a run of one epoch makes. */
  private static final int MANY = 60;

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path whole;

  @BeforeAll
  static void train() throws Exception {
    assumeTrue(canTrace(), "strace is missing, or may not trace here");
    Path digits = temp.resolve("digits");
    training = SmallTraining.of(digits, 200, 40, "--hidden", 20, "--no-report");
    whole = temp.resolve("whole");
    training.ok(whole, 2);
  }

  private static boolean canTrace() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** One epoch, with something done to the N-th call of a kind on each thread. */
  private static ChildJvm.Result injected(Path folder, String call, String what, int n)
      throws Exception {
    return injected(call, what, n, training.command(folder, 1));
  }

  private static ChildJvm.Result injected(String call, String what, int n, String... args)
      throws Exception {
    List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null"));
    strace.addAll(List.of("-e", "trace=" + call));
    strace.addAll(List.of("-e", "inject=" + call + ":" + what + ":when=" + n));
    Process process = ChildJvm.start(strace, Map.of(), List.of(), args);
    return ChildJvm.finish(process, ChildJvm.HANGS);
  }

  private static void assertGoesOn(Path folder, String when) throws IOException {
    Outcome o = CommandRun.run("train", "--resume", folder, "--epochs", 2);
    assertEquals(0, o.status(), when + ": " + o.err());
    assertEquals("", o.err(), when);
    SmallTraining.assertSame(whole, folder, when);
  }

  private static boolean begun(Path folder) {
    return Files.exists(folder.resolve("checkpoint.safetensors"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "rename"})
  void aKilledRunGoesOn(String call) throws Exception {
    int resumed = 0;
    for (int n = 1; n <= MANY; n++) {
      Path folder = temp.resolve(call + n);
      ChildJvm.Result result = injected(folder, call, "signal=SIGKILL", n);
      if (result.status() == 0) {
        assertTrue(resumed >= 3, resumed + " kills came after a checkpoint");
        return;
      }
      assertEquals(KILLED, result.status(), result.err());
      if (begun(folder)) {
        assertGoesOn(folder, "killed at " + call + " " + n);
        resumed++;
      } else {
        assertFalse(Files.exists(folder.resolve("config.json")), "a run has a checkpoint");
      }
    }
    throw new AssertionError("still killed at " + call + " " + MANY);
  }

  @Test
  void aResumptionThatIsKilledGoesOn() throws Exception {
    Path once = temp.resolve("once");
    training.ok(once, 1);
    for (int n = 1; n <= 4; n++) { // the resumption's own; later ones are an epoch's
      Path folder = Files.createDirectories(temp.resolve("resumed" + n));
      try (var files = Files.list(once)) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      ChildJvm.Result result =
          injected(
              "rename",
              "signal=SIGKILL",
              n,
              "train",
              "--resume",
              folder.toString(),
              "--epochs",
              "2",
              "--no-report");
      assertEquals(KILLED, result.status(), result.err());
      Outcome o = CommandRun.run("train", "--resume", folder, "--epochs", 2, "--no-report");
      boolean finished = o.err().contains("has 2 epochs already");
      assertTrue(
          finished || (o.status() == 0 && o.err().isEmpty()), "rename " + n + ": " + o.err());
      SmallTraining.assertSame(whole, folder, "killed at rename " + n);
    }
  }

  @Test
  void aDiskThatFailsGetsOneLineAndTheRunGoesOn() throws Exception {
    int resumed = 0;
    for (int n = 1; n <= MANY; n++) {
      Path folder = temp.resolve("disk" + n);
      ChildJvm.Result result =
          injected(folder, "fsync", n % 2 == 0 ? "error=ENOSPC" : "error=EIO", n);
      if (result.status() == 0 && n > 1 && !result.out().isEmpty() && resumed > 0) {
        return;
      }
      if (result.status() != 0) {
        assertEquals(Cli.FAILED, result.status(), result.err());
        assertEquals(1, result.err().strip().lines().count(), result.err());
        assertTrue(result.err().contains("cannot be written: "), result.err());
      }
      if (begun(folder)) {
        assertGoesOn(folder, "failed at fsync " + n);
        resumed++;
      }
    }
    throw new AssertionError("still failing at fsync " + MANY);
  }
}
