package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.model.Rows;
import vaeocl.ops.Likelihood;

/** The drawing pad as a browser runs it. */
class DrawInBrowserTest extends Drawing {
  private static final int[] KNOWN = {0, 17, 123, 301, IMAGES - 1};

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

  /** Paper cannot be drawn into. */
  @Test
  void padIsLeftOutInPrint() throws Exception {
    page.open(write(EncodedRun.of(2, IMAGES)), 1280, 900);
    String shown = "getComputedStyle(document.getElementById('draw')).display";
    assertEquals("block", page.eval(shown).asText());
    page.call("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertEquals("none", page.eval(shown).asText());
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
