package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextValueTest {
  private final Locale before = Locale.getDefault();

  enum Kind {
    LEAKY_RELU,
    SIGMOID
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 1, 0.1, 1e-3, 1e300, 4.9e-324, Double.MAX_VALUE, 1.0 / 3})
  void aDoublesTextIsReadAsTheSame(double value) {
    assertEquals(value, TextValue.parse(double.class, TextValue.print(value)));
  }

  @Test
  void plainNotationsAreRead() {
    assertEquals(0.5, TextValue.parse(double.class, ".5"));
    assertEquals(5.0, TextValue.parse(double.class, "+5."));
    assertEquals(0.0, TextValue.parse(double.class, "0.00e-999"));
    assertEquals(-7, TextValue.parse(int.class, "-007"));
    assertEquals(Long.MIN_VALUE, TextValue.parse(long.class, "-9223372036854775808"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "1 ",
        " 1e-3",
        "1d",
        "1f",
        "0x1p-3",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e",
        ".",
        "1,5",
        "1_000",
        "1e400",
        "-1e400",
        "1e-400",
        "0.0001e-399",
        "\u0661",
        "--1",
        "1e5.0"
      })
  void whatIsNoPlainDoubleIsRefused(String text) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> TextValue.parse(double.class, text), text);
    assertTrue(e.getMessage().endsWith("but was '" + text + "'"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "1e3", "0x10", "\u0661", "2147483648", "-2147483649", "+"})
  void whatIsNoIntIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TextValue.parse(int.class, text));
  }

  @Test
  void enumsHaveHyphensAndAnyCaseInAnyLocale() {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    assertEquals("leaky-relu", TextValue.print(Kind.LEAKY_RELU));
    assertEquals(Kind.LEAKY_RELU, TextValue.parse(Kind.class, "Leaky_ReLU"));
    assertEquals(Kind.SIGMOID, TextValue.parse(Kind.class, "SIGMOID"));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> TextValue.parse(Kind.class, "tanh"));
    assertEquals("expected one of leaky-relu, sigmoid but was 'tanh'", e.getMessage());
  }
}
