package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import vaeocl.ChildJvm;

/** Threads that stop at once for garbage collection, after Mesa's drivers were loaded. */
class FaultSignalsTest {
  private static volatile boolean stop;

  @RepeatedTest(6)
  void threadsMayStopAtOnce() throws Exception {
    ChildJvm.needs(ChildJvm.RUSTICL);
    ChildJvm.Result result = ChildJvm.runMain(Map.of(), FaultSignalsTest.class);
    assertEquals(0, result.status(), result.toString());
  }

  /** The process: without {@link FaultSignals} every second one died. */
  public static void main(String[] args) throws InterruptedException {
    Devices.list();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread thread = new Thread(FaultSignalsTest::count);
      threads.add(thread);
      thread.start();
    }
    Thread.sleep(100);
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(5);
    }
    stop = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void count() {
    while (!stop) {
      assertNotEquals(0, sum(100_000_000));
    }
  }

  private static long sum(int n) {
    long sum = 1;
    for (int i = 0; i < n; i++) {
      sum = sum * 31 + i;
    }
    return sum | 1;
  }
}
