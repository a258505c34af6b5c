package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the verdict on a case is worth. */
class VerdictTest {
  private static final OpCase CASE = Cases.all().get(0);

  private static boolean passed(double share) {
    return new Checker.Result(CASE, List.of("k"), 0, share, "").passed();
  }

  @Test
  void onlyShareUpToOnePasses() {
    assertTrue(passed(0) && passed(1));
    assertFalse(passed(1.0000001) || passed(Double.POSITIVE_INFINITY) || passed(Double.NaN));
  }

  @Test
  void someCasesAreSmallAndSomeAreNot() {
    List<OpCase> cases = Cases.all();
    assertTrue(cases.size() > 100);
    assertTrue(cases.stream().anyMatch(OpCase::small) && !cases.stream().allMatch(OpCase::small));
  }
}
