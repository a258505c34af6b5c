package vaeocl.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static Pace measured(double joined, double single) {
    Pace pace = new Pace();
    assertTrue(pace.joined());
    pace.took(true, 1, 5); // compiles: says nothing
    assertFalse(pace.joined());
    pace.took(false, 1, 3);
    assertTrue(pace.joined());
    pace.took(true, 10, 10 * joined);
    assertFalse(pace.joined());
    pace.took(false, 10, 10 * single);
    return pace;
  }

  private static void run(Pace pace, boolean joined, double secondsPerStep) {
    assertEquals(joined, pace.joined());
    pace.took(joined, 10, 10 * secondsPerStep);
  }

  @Test
  void staysJoinedWhereThatIsFaster() {
    Pace pace = measured(1, 2);
    for (int i = 0; i < 20; i++) {
      run(pace, true, 1);
    }
  }

  @Test
  void changesWhenTheMachineGetsBusyAndBackWhenItIsIdle() {
    Pace pace = measured(1, 1.2);
    run(pace, true, 8);
    run(pace, true, 8);
    run(pace, false, 2);
    run(pace, true, 1);
    run(pace, true, 1);
  }

  @Test
  void oneSlowRunIsChance() {
    Pace pace = measured(1, 1.2);
    run(pace, true, 8);
    run(pace, true, 1);
    run(pace, true, 8);
    run(pace, true, 1);
  }

  @Test
  void aLittleSlowerIsChance() {
    Pace pace = measured(1, 1.2);
    for (int i = 0; i < 20; i++) {
      run(pace, true, 1.6);
    }
  }

  @Test
  void triesAgainLessAndLessOften() {
    Pace pace = measured(3, 1);
    run(pace, true, 3);
    run(pace, true, 3);
    for (int runs : new int[] {1, 2, 4, 8, 16, 16}) {
      for (int i = 0; i < runs; i++) {
        run(pace, false, 1);
      }
      run(pace, true, 3);
    }
  }

  @Test
  void shortRunsSayNothing() {
    Pace pace = measured(1, 1.2);
    for (int i = 0; i < 20; i++) {
      assertTrue(pace.joined());
      pace.took(true, 2, 100);
    }
  }
}
