package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import vaeocl.check.Checker;

/** What {@code check} says of a kernel that ran in several cases. */
class CheckTableTest {
  private static Checker.Result result(double error, double share) {
    return new Checker.Result(null, List.of("k"), error, share, "");
  }

  @Test
  void theLargestErrorIsOfAllCasesAndTheVerdictOfTheWorst() {
    Checker.Result worst = result(1, 0.5);
    CheckCommand.Line first = CheckCommand.Line.of(worst).worse(CheckCommand.Line.of(result(3, 0)));
    CheckCommand.Line other = CheckCommand.Line.of(result(3, 0)).worse(CheckCommand.Line.of(worst));
    for (CheckCommand.Line line : List.of(first, other)) {
      assertEquals(2, line.cases());
      assertEquals(3, line.error());
      assertEquals(worst, line.result());
    }
    CheckCommand.Line nothing = CheckCommand.Line.of(result(Double.NaN, Double.NaN));
    assertEquals(Double.NaN, nothing.worse(first).error());
    assertEquals(Double.NaN, first.worse(nothing).result().share());
  }
}
