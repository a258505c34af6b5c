package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mouse, finger and keyboard on the drawing pad. */
class PenInBrowserTest extends Drawing {
  /** Where the pad is on the screen: left, top, width. */
  private static double[] pad() throws Exception {
    page.eval("document.getElementById('pad').scrollIntoView({block: 'center'})");
    return numbers(
        page.eval(
            "(() => { const r = document.getElementById('pad').getBoundingClientRect();"
                + " return [r.left, r.top, r.width]; })()"));
  }

  private static void frame() throws Exception {
    page.eval("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))");
  }

  /** Ink of about 20 pixels, and its mass where the test images have it. */
  private static void assertCentred(double longer) throws Exception {
    double[] levels = numbers(page.eval("draw.pixels()"));
    double[] centre = numbers(data("centre"));
    double[] sums = new double[3];
    int[] box = {28, 28, -1, -1};
    for (int p = 0; p < 784; p++) {
      sums[0] += levels[p] * (p % 28 + 0.5);
      int row = p / 28;
      sums[1] += levels[p] * (row + 0.5);
      sums[2] += levels[p];
      if (levels[p] > 64) {
        box[0] = Math.min(box[0], p % 28);
        box[1] = Math.min(box[1], p / 28);
        box[2] = Math.max(box[2], p % 28);
        box[3] = Math.max(box[3], p / 28);
      }
    }
    assertTrue(sums[2] > 255 * 20, "ink " + sums[2]);
    assertEquals(centre[0], sums[0] / sums[2], 0.06);
    assertEquals(centre[1], sums[1] / sums[2], 0.06);
    int side = 1 + Math.max(box[2] - box[0], box[3] - box[1]);
    assertEquals(longer, side, 1.01, "longer side");
  }

  private static void mouse(String type, double x, double y) throws Exception {
    page.call(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
  }

  @Test
  void mouseDrawsAndWhatItDrawsIsScaledAndCentred() throws Exception {
    page.open(write(EncodedRun.of(2, IMAGES)), 1280, 900);
    double box = data("box").asDouble();
    double[] pad = pad();
    // A small seven in the upper left corner.
    double[][] seven = {{0.1, 0.1}, {0.3, 0.1}, {0.2, 0.4}};
    page.mouse(pad[0] + 200, pad[1] + 200);
    frame();
    assertEquals(0, page.eval("draw.pixels().reduce((a, b) => a + b)").asInt());
    for (int i = 0; i < seven.length; i++) {
      String type = i == 0 ? "mousePressed" : "mouseMoved";
      mouse(type, pad[0] + seven[i][0] * pad[2], pad[1] + seven[i][1] * pad[2]);
    }
    mouse("mouseReleased", pad[0] + 0.2 * pad[2], pad[1] + 0.4 * pad[2]);
    frame();
    assertCentred(box);
    assertSaid();
    double[] first = numbers(page.eval("draw.pixels()"));
    page.click(pad[0] + 0.12 * pad[2], pad[1] + 0.35 * pad[2]);
    frame();
    assertCentred(box);
    assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(numbers(page.eval("draw.pixels()"))));
    page.eval("document.getElementById('pad-undo').click()");
    frame();
    assertArrayEquals(first, numbers(page.eval("draw.pixels()")));

    // Far from the mass, a dot still stays within the frame.
    page.click(pad[0] + 0.95 * pad[2], pad[1] + 0.95 * pad[2]);
    frame();
    double[] corner = Arrays.copyOfRange(numbers(page.eval("draw.pixels()")), 25 * 28, 784);
    assertTrue(Arrays.stream(corner).max().orElseThrow() > 200, Arrays.toString(corner));
    assertQuiet();
  }

  @Test
  void keyboardDraws() throws Exception {
    page.open(write(EncodedRun.of(2, IMAGES)), 1280, 900);
    page.eval("document.getElementById('pad').focus()");
    page.key("ArrowUp", 38, 8);
    frame();
    assertEquals("Nothing is drawn yet.", text("draw-says"));
    page.key(" ", 32, 0);
    for (int i = 0; i < 8; i++) {
      page.key("ArrowDown", 40, 0);
    }
    page.key("ArrowRight", 39, 8);
    page.key(" ", 32, 0);
    page.key("ArrowUp", 38, 8);
    frame();
    assertCentred(data("box").asDouble());
    assertSaid();
    page.key("Backspace", 8, 0);
    frame();
    assertEquals("Nothing is drawn yet.", text("draw-says"));
    assertQuiet();
  }

  @Test
  void fingerDrawsOnANarrowScreenAndThePageStaysWhereItIs() throws Exception {
    page.open(write(EncodedRun.of(5, IMAGES)), 360, 740);
    assertEquals(360, page.eval("document.scrollingElement.scrollWidth").asInt());
    double[] pad = pad();
    assertTrue(pad[2] > 250, "the pad is " + pad[2] + " wide");
    double scrolled = page.eval("scrollY").asDouble();
    for (int i = 0; i <= 10; i++) {
      double y = pad[1] + pad[2] * (0.2 + 0.05 * i);
      Map<String, Double> point = Map.of("x", pad[0] + 0.5 * pad[2], "y", y);
      page.call(
          "Input.dispatchTouchEvent",
          Map.of("type", i == 0 ? "touchStart" : "touchMove", "touchPoints", List.of(point)));
    }
    page.call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    frame();
    assertCentred(data("box").asDouble());
    assertEquals(scrolled, page.eval("scrollY").asDouble());
    assertQuiet();
  }
}
