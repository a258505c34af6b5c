package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.model.SavedLayer;
import vaeocl.ops.Activation;

/** Opens reports in a browser, and reads what it shows. */
abstract class InBrowser {
  static final int IMAGES = 600;
  static final String ROOT = "document.getElementById('explorer')";

  static Chromium page;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    page = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  Path write(RunData run) throws Exception {
    assertEquals(List.of(), Report.write(folder, run));
    return folder.resolve("report.html");
  }

  /** Where the map is on the screen: left, top, width. */
  static double[] map() throws Exception {
    page.eval("document.getElementById('cursor').scrollIntoView({block: 'center'})");
    return numbers(
        page.eval(
            "(() => { const r = document.getElementById('cursor').getBoundingClientRect();"
                + " return [r.left, r.top, r.width]; })()"));
  }

  static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  static float[] z() throws Exception {
    double[] values = numbers(page.eval("explorer.z()"));
    float[] z = new float[values.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) values[i];
    }
    return z;
  }

  /** Red, green, blue and opacity of every pixel of a canvas. */
  static double[] pixels(String canvas) throws Exception {
    return numbers(
        page.eval(
            "(() => { const c = document.getElementById('"
                + canvas
                + "'); return Array.from("
                + "c.getContext('2d').getImageData(0, 0, c.width, c.height).data); })()"));
  }

  /** The canvas shows these values, in grey, to a 255th. */
  static void assertShows(float[] expected, double[] rgba) {
    assertEquals(4 * expected.length, rgba.length);
    for (int i = 0; i < expected.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(255 * expected[i], rgba[4 * i + channel], 1, "pixel " + i);
      }
      assertEquals(255, rgba[4 * i + 3]);
    }
  }

  static Decoder decoder(RunData run) {
    return new HostDecoder(SavedLayer.decoder(run.weights(), Activation.RELU));
  }

  static void assertQuiet() {
    assertEquals(List.of(), page.complaints());
    Set<String> loaded = new HashSet<>();
    for (JsonNode request : page.events("Network.requestWillBeSent")) {
      String url = request.path("request").path("url").asText();
      loaded.add(url.startsWith("data:") ? "data:" : url.replaceFirst("/[^?]*/", "/…/"));
    }
    assertEquals(Set.of("file:/…/report.html", "data:"), loaded);
  }
}
