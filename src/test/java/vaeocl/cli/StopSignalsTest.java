package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.ChildJvm;

/** A signal before and behind the point from which on nothing has to be finished. */
class StopSignalsTest {
  private static final String WHEN = "STOP_SIGNALS_TEST";

  @ParameterizedTest
  @CsvSource({
    "before,TERM,143,'\nStopping after this step; once more stops at once.\nmake it with: this\n'",
    "before,USR1,138,'\nStopping after this step; once more stops at once.\nmake it with: this\n'",
    "behind,TERM,143,'make it with: this\n'"
  })
  void whatIsLeftToDoIsSaid(String when, String signal, int status, String said) throws Exception {
    ChildJvm.Result result = ChildJvm.runMain(Map.of(WHEN, when), StopSignalsTest.class, signal);
    assertEquals(said, result.err());
    assertEquals(status, result.status());
  }

  /** The process. */
  public static void main(String[] args) throws Exception {
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    try (StopSignals stop = new StopSignals(err)) {
      if (System.getenv(WHEN).equals("behind")) {
        stop.release("make it with: this\n");
        send(args[0]);
        Thread.sleep(ChildJvm.HANGS.toMillis());
      }
      send(args[0]);
      while (!stop.getAsBoolean()) {
        Thread.onSpinWait();
      }
      stop.release("make it with: this\n");
      System.exit(stop.lastWord());
    }
  }

  private static void send(String signal) throws Exception {
    String self = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-" + signal, self).inheritIO().start().waitFor();
  }
}
