package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

/** Draws into reports in a browser, and reads what they say of it. */
abstract class Drawing extends InBrowser {
  static double[] mu() throws Exception {
    return numbers(page.eval("draw.code().mu"));
  }

  static JsonNode data(String name) throws Exception {
    return page.eval("page.data.explorer.draw." + name);
  }

  static String text(String id) throws Exception {
    return page.eval("document.getElementById('" + id + "').textContent").asText();
  }

  static void assertSaid() throws Exception {
    double elbo = page.eval("draw.elbo()").asDouble();
    double[] quantiles = numbers(data("quantiles"));
    String expected = "This looks like the training data: ";
    if (elbo <= quantiles[9]) {
      expected = "This looks unlike most of the training data: ";
    }
    if (elbo <= quantiles[0]) {
      expected = "This looks like nothing in the training data: ";
    }
    assertTrue(text("draw-says").startsWith(expected), elbo + ": " + text("draw-says"));
  }
}
