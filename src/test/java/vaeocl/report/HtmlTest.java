package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void markupBecomesText() {
    assertEquals(
        "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;",
        Html.escape("<script>\"a\" & 'b'</script>"));
  }

  @Test
  void jsonCannotEndItsScript() throws IOException {
    StringWriter out = new StringWriter();
    Html.json(new ObjectMapper().createArrayNode().add("</script><!--\"\n"), out);
    assertEquals("[\"\\u003C/script>\\u003C!--\\\"\\n\"]", out.toString());
  }

  @Test
  void placesAreFilledOnceOnly() {
    assertEquals("{{b}} $1 \\ |x", Html.fill("{{a}}|{{b}}", Map.of("a", "{{b}} $1 \\ ", "b", "x")));
    assertThrows(IllegalArgumentException.class, () -> Html.fill("{{c}}", Map.of("a", "")));
  }

  @Test
  void missingResourceIsNamed() {
    IOException e = assertThrows(IOException.class, () -> Html.resource("/no/such.css"));
    assertEquals("missing in the program: /no/such.css; build it again", e.getMessage());
  }
}
