package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import vaeocl.ChildJvm;
import vaeocl.Pocl;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.KernelProgram;

/** A wish to stop that comes while the driver compiles is one, and no failure of the driver. */
class SignalsWhileCompilingTest {
  private static final int PROGRAMS = 60;

  @Test
  void theProgramIsBuiltAllTheSame() throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    Map<String, String> env = Map.of(ChildJvm.VENDORS, ChildJvm.POCL.toString());
    ChildJvm.Result result = ChildJvm.runMain(env, SignalsWhileCompilingTest.class);
    assertEquals(0, result.status(), result.err());
  }

  /** The process: without a second try several of the programs had no temporary file to go on. */
  public static void main(String[] args) throws Exception {
    Random random = new Random(1);
    PrintStream nobody =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    long millis = 20;
    try (ClContext context = new ClContext(Pocl.device(), false)) {
      for (int i = 0; i < PROGRAMS; i++) {
        String text =
            "kernel void k" + i + "(global float *y) { y[get_global_id(0)] = " + i + "; }";
        try (StopSignals stop = new StopSignals(nobody)) {
          long after = random.nextLong(millis + 1);
          CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> interrupt(after));
          long begin = System.nanoTime();
          new KernelProgram(context, text, "k" + i, "-cl-std=CL1.2").close();
          millis = (System.nanoTime() - begin) / 1_000_000;
          sent.join();
          while (!stop.getAsBoolean()) {
            Thread.onSpinWait();
          }
        }
      }
    }
  }

  private static void interrupt(long afterMillis) {
    try {
      Thread.sleep(afterMillis);
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-TERM", self).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
