package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Somebody else's reader finds what was written. */
class YamlTest {
  private static Object read(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return map;
  }

  @Test
  void nestedValuesStayWhatTheyAre() {
    Map<String, Object> values =
        ordered(
            "text",
            "a",
            "list",
            List.of("b", "c"),
            "maps",
            List.of(
                ordered("first", 1, "deep", ordered("x", "y", "more", List.of(2, 3)), "last", "z"),
                ordered("only", List.of(ordered("k", "v")))));
    assertEquals(values, read(vaeocl.formats.Yaml.text(values)));
  }

  @Test
  void numbersAreNumbersToOldReadersToo() {
    Map<String, Object> values =
        ordered("a", new BigDecimal("1E+7"), "b", 1.5e-9, "c", 14.25, "d", -3);
    assertEquals(
        ordered("a", 10_000_000, "b", 1.5e-9, "c", 14.25, "d", -3),
        read(vaeocl.formats.Yaml.text(values)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "1.5",
        "~",
        "",
        "a: b",
        "#1",
        "it's \"quoted\"",
        "back\\slash\\n",
        "---",
        "- x",
        "<b>tag</b>",
        "{x: y}",
        "*ref",
        "&a",
        "!!python/object",
        "%",
        "@",
        "`",
        "tab\tnew\nline",
        "\u0000\u0007\u0085\u007f\u2028",
        "größer 数字 😀",
        " spaces "
      })
  void anyTextStaysATextAndTheSame(String text) {
    Map<String, Object> values = ordered("x", text, "list", List.of(text), "after", "ok");
    assertEquals(values, read(vaeocl.formats.Yaml.text(values)));
  }

  @Test
  void whatIsNoCharacterIsReplaced() {
    assertEquals(
        Map.of("x", "a\ufffdb\ufffd"),
        read(vaeocl.formats.Yaml.text(Map.of("x", "a\ud800b\uffff"))));
  }
}
