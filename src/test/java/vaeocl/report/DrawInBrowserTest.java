package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.model.Rows;
import vaeocl.ops.Likelihood;

/** The drawing pad as a browser runs it. */
class DrawInBrowserTest extends InBrowser {
  private static final int[] KNOWN = {0, 17, 123, 301, IMAGES - 1};

  private static double[] mu() throws Exception {
    return numbers(page.eval("draw.code().mu"));
  }

  private static JsonNode data(String name) throws Exception {
    return page.eval("page.data.explorer.draw." + name);
  }

  private static String text(String id) throws Exception {
    return page.eval("document.getElementById('" + id + "').textContent").asText();
  }

  private static void set(byte[] pixels) throws Exception {
    int[] levels = IntStream.range(0, pixels.length).map(p -> pixels[p] & 0xff).toArray();
    page.eval("draw.set(" + Arrays.toString(levels) + ")");
  }

  private static byte[] picture(RunData run, int i) {
    return Arrays.copyOfRange(run.test().pixels(), 784 * i, 784 * (i + 1));
  }

  /** Five digits: mu, the nearest, the ELBO and what is said of it, against the program's. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void knownDigitsAreEncodedAsByTheProgram(int latent) throws Exception {
    RunData run = EncodedRun.of(latent, IMAGES);
    page.open(write(run), 1280, 900);
    double error = data("error").asDouble();
    assertTrue(text("draw-error").contains(String.valueOf(error)), text("draw-error"));
    for (int i : KNOWN) {
      set(picture(run, i));
      float[] codes = EncodedRun.codes(EncodedRun.model(latent), Rows.of(run.test()).part(i, 1));
      double[] mu = mu();
      for (int d = 0; d < latent; d++) {
        assertEquals(codes[d], mu[d], error, "image " + i + ", z" + (d + 1));
      }
      float[] z = new float[latent];
      IntStream.range(0, latent).forEach(d -> z[d] = (float) mu[d]);
      assertNearest(run, mu);
      assertElbo(run, picture(run, i), z, numbers(page.eval("draw.code().logvar")));
      assertSaid();
    }
    assertQuiet();
  }

  private static void assertNearest(RunData run, double[] mu) throws Exception {
    double[] away = new double[IMAGES];
    for (int n = 0; n < IMAGES * mu.length; n++) {
      away[n / mu.length] += Math.pow(run.mu()[n] - mu[n % mu.length], 2);
    }
    double[] sorted = away.clone();
    Arrays.sort(sorted);
    double[] nearest = numbers(page.eval("draw.nearest()"));
    int[] votes = new int[10];
    for (int k = 0; k < 5; k++) {
      assertEquals(sorted[k], away[(int) nearest[k]], 1e-9);
      votes[run.labels()[(int) nearest[k]]]++;
    }
    int most = Arrays.stream(votes).max().orElseThrow();
    String said = text("draw-says").replaceFirst(".*nearest test images, ", "");
    assertTrue(said.matches(most + " are of digit \\d\\."), said);
    assertEquals(most, votes[said.charAt(said.length() - 2) - '0']);
  }

  private static void assertElbo(RunData run, byte[] picture, float[] z, double[] logvar)
      throws Exception {
    float[] recon = decoder(run).decode(z, 1);
    double elbo = -392 * Math.log(Math.PI);
    for (int p = 0; p < 784; p++) {
      elbo -= Math.pow(recon[p] - (picture[p] & 0xff) / 255.0, 2);
    }
    for (int d = 0; d < z.length; d++) {
      elbo -= 0.5 * (z[d] * z[d] + Math.exp(logvar[d]) - 1 - logvar[d]);
    }
    assertEquals(elbo, page.eval("draw.elbo()").asDouble(), 1e-3);
  }

  private static void assertSaid() throws Exception {
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

  @Test
  void whatNoDigitResemblesIsSaidToBeStrange() throws Exception {
    RunData run = EncodedRun.of(2, IMAGES);
    page.open(write(run), 1280, 900);
    assertEquals("Nothing is drawn yet.", text("draw-says"));
    byte[] chequers = new byte[784];
    for (int p = 0; p < 784; p++) {
      chequers[p] = (byte) ((p / 28 + p) % 2 * 255);
    }
    set(chequers);
    assertSaid();
    assertTrue(text("draw-says").contains("like nothing in the training data"), text("draw-says"));
    page.eval("document.getElementById('pad-clear').click()");
    assertEquals("Nothing is drawn yet.", text("draw-says"));
    page.eval("document.getElementById('pad-test').click()");
    int near = (int) numbers(page.eval("draw.nearest()"))[0];
    byte[] shown = new byte[784];
    double[] levels = numbers(page.eval("draw.pixels()"));
    IntStream.range(0, 784).forEach(p -> shown[p] = (byte) (int) levels[p]);
    assertTrue(
        IntStream.range(0, IMAGES).anyMatch(i -> Arrays.equals(shown, picture(run, i))),
        "no test image, nearest " + near);
    assertQuiet();
  }

  /** One and two standard deviations: so far is every point of the ellipse from the mean. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void ellipseIsThePosteriors(int latent) throws Exception {
    RunData run = EncodedRun.of(latent, IMAGES);
    page.open(write(run), 1280, 900);
    set(picture(run, 17));
    double[] mu = mu();
    double[] logvar = numbers(page.eval("draw.code().logvar"));
    LatentMap map = LatentMap.of(Latents.of(run.mu(), run.logvar(), IMAGES), null);
    double[] mean = new double[2];
    double[][] cov = new double[2][2];
    for (int d = 0; d < latent; d++) {
      for (int a = 0; a < 2; a++) {
        mean[a] += map.axes()[a][d] * (mu[d] - map.origin()[d]);
        for (int b = 0; b < 2; b++) {
          cov[a][b] += map.axes()[a][d] * map.axes()[b][d] * Math.exp(logvar[d]);
        }
      }
    }
    double det = cov[0][0] * cov[1][1] - cov[0][1] * cov[1][0];
    for (int deviations = 1; deviations <= 2; deviations++) {
      JsonNode points = page.eval("draw.outline(" + deviations + ")");
      assertEquals(72, points.size());
      double leftmost = Double.POSITIVE_INFINITY;
      for (JsonNode point : points) {
        double x = point.get(0).asDouble() - mean[0];
        double y = point.get(1).asDouble() - mean[1];
        double squared = (cov[1][1] * x * x - 2 * cov[0][1] * x * y + cov[0][0] * y * y) / det;
        assertEquals(deviations * deviations, squared, 1e-3);
        leftmost = Math.min(leftmost, x);
      }
      assertEquals(-deviations * Math.sqrt(cov[0][0]), leftmost, 1e-3, "all around");
    }
    double[] before = pixels("cursor");
    page.eval("draw.set(null)");
    assertNotEquals(Arrays.hashCode(before), Arrays.hashCode(pixels("cursor")), "on the map");
  }

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
      sums[1] += levels[p] * (p / 28 + 0.5);
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

  @ParameterizedTest
  @EnumSource
  void pixelLossesAreThePrograms(Likelihood f) throws Exception {
    page.open(write(SmallRun.of(2, 30)), 1280, 900);
    for (double logit : new double[] {-9, -1, 0, 0.3, 7}) {
      for (double x : new double[] {0, 0.4, 1}) {
        double r = 1 / (1 + Math.exp(-logit));
        String call = "pixelLosses." + f + "(" + r + "," + x + "," + logit + ")";
        assertEquals(f.loss(logit, x), page.eval(call).asDouble(), 1e-9, call);
      }
    }
  }
}
