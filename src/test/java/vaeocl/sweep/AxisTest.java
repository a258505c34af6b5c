package vaeocl.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.sweep.Axis.Notation;

class AxisTest {
  private static List<String> values(Notation notation, String... given) {
    return Axis.of("--option", List.of(given), notation).values();
  }

  @Test
  void valuesAreWrittenTogetherWhereTheyCanBe() {
    assertEquals(List.of("0.5", "1", "2"), values(Notation.LIST, "0.5,1", "2"));
    assertEquals(List.of("512,256", "400"), values(Notation.SINGLE, "512,256", "400"));
    assertEquals(List.of("1", "2", "3", "7", "-4"), values(Notation.RANGES, "1-3,7", "-4"));
    assertEquals(List.of("1-3"), values(Notation.LIST, "1-3"));
  }

  @ParameterizedTest
  @CsvSource({
    "'1,2,1',has 1 twice",
    "'2-3,3',has 3 twice",
    "5-1,a range goes up",
    "1-99999,less than"
  })
  void whatCannotBeMeantIsRefused(String text, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> values(Notation.RANGES, text));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void labelsAreNamesOfFilesAndDiffer() {
    Axis axis = new Axis("--data", List.of("/a/digits", "/b/digits", "/c/my set"));
    assertEquals("data-digits-1", axis.label(0));
    assertEquals("data-digits-2", axis.label(1));
    assertEquals("data-my-set", axis.label(2));
    assertEquals("hidden-512-256", new Axis("--hidden", List.of("512,256")).label(0));
  }
}
