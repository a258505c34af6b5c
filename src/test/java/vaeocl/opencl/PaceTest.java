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

  @Test
  void takesTheFasterWay() {
    assertTrue(measured(1, 2).joined());
    assertFalse(measured(2, 1).joined());
  }

  @Test
  void changesWhenTheMachineGetsBusy() {
    Pace pace = measured(1, 1.2);
    assertTrue(pace.joined());
    pace.took(true, 10, 80);
    assertFalse(pace.joined());
  }

  @Test
  void aLittleSlowerIsChance() {
    assertTrue(measured(1.2, 1).joined());
  }

  @Test
  void triesAgainNowAndThen() {
    Pace pace = measured(3, 1);
    int tries = 0;
    for (int i = 0; i < 64; i++) {
      tries += pace.joined() ? 1 : 0;
    }
    assertEquals(4, tries);
  }
}
