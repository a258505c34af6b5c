package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.model.Codec;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.model.SavedNets;
import vaeocl.ops.Activation;
import vaeocl.reference.HostBackend;

/** The explorer of the latent space as a browser runs it. */
class ExplorerInBrowserTest extends InBrowser {
  @Test
  void pointerDecodesWhatTheDecoderDoes() throws Exception {
    RunData run = SmallRun.of(2, IMAGES);
    Path file = write(run);
    page.open(file, 1280, 900);
    assertShows(decoder(run).decode(new float[2], 1), pixels("decoded"));
    double[] map = map();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      page.mouse(map[0] + map[2] * (0.1 + 0.04 * i), map[1] + map[2] * (0.9 - 0.037 * i));
      float[] z = z();
      assertTrue(seen.add(z[0] + " " + z[1]), "z stays at " + z[0] + ", " + z[1]);
      assertShows(decoder(run).decode(z, 1), pixels("decoded"));
      assertEquals(page.eval("explorer.z().join()"), page.eval(ROOT + ".dataset.z"));
    }
    assertQuiet();
  }

  @Test
  void pointUnderThePointerShowsItsImageAndReconstruction() throws Exception {
    RunData run = SmallRun.of(2, IMAGES);
    Path file = write(run);
    double[] bounds = LatentMap.of(Latents.of(run.mu(), null, IMAGES), null).bounds();
    page.open(file, 1280, 900);
    double[] map = map();
    for (int i : new int[] {0, 17, 200, IMAGES - 1}) {
      double x = (run.mu()[2 * i] - bounds[0]) / (bounds[1] - bounds[0]);
      double y = (bounds[3] - run.mu()[2 * i + 1]) / (bounds[3] - bounds[2]);
      page.mouse(map[0] + x * map[2], map[1] + y * map[2]);
      int near = page.eval(ROOT + ".dataset.near").asInt(-1);
      float[] mu = {run.mu()[2 * near], run.mu()[2 * near + 1]};
      double away = Math.hypot(mu[0] - run.mu()[2 * i], mu[1] - run.mu()[2 * i + 1]);
      assertTrue(away < 0.02, "image " + near + " is " + away + " away from image " + i);

      float[] image = new float[784];
      for (int p = 0; p < 784; p++) {
        image[p] = (run.test().pixels()[784 * near + p] & 0xff) / 255f;
      }
      assertShows(image, pixels("near-image"));
      assertShows(decoder(run).decode(mu, 1), pixels("near-decoded"));
      assertEquals(
          "Test image " + (near + 1) + ", digit " + run.labels()[near],
          page.eval("document.getElementById('near-text').textContent").asText());
    }
    page.mouse(map[0] + 3, map[1] + 3);
    assertEquals("", page.eval(ROOT + ".dataset.near").asText());
  }

  @Test
  void keysButtonsAndClicksWork() throws Exception {
    Path file = write(SmallRun.of(2, IMAGES));
    page.open(file, 1280, 900);
    page.eval("document.getElementById('cursor').focus()");
    page.key("ArrowRight", 39, 0);
    page.key("ArrowUp", 38, 8);
    page.key("ArrowUp", 38, 8);
    page.key("ArrowDown", 40, 0);
    assertEquals(0.05, z()[0], 1e-5);
    assertEquals(0.95, z()[1], 1e-5);
    assertNotEquals(
        "none", page.eval("getComputedStyle(document.activeElement).outlineStyle").asText());

    double[] map = map();
    page.mouse(map[0] + 100, map[1] + 100);
    page.click(map[0] + 100, map[1] + 100);
    float[] held = z();
    page.mouse(map[0] + 300, map[1] + 300);
    assertEquals(held[0], z()[0], "z is held");
    page.click(map[0] + 300, map[1] + 300);
    assertNotEquals(held[0], z()[0], "z is let go");

    page.eval("document.getElementById('sample').click()");
    float[] drawn = z();
    page.eval("document.getElementById('reset').click()");
    assertEquals(0, Math.hypot(z()[0], z()[1]));
    assertTrue(Math.hypot(drawn[0], drawn[1]) > 0);

    page.eval("document.querySelector('#legend button').click()");
    assertEquals(1, page.eval("document.querySelectorAll('[aria-pressed=true]').length").asInt());
    assertQuiet();
  }

  @Test
  void narrowScreenIsFilledAndTouched() throws Exception {
    for (int latent : new int[] {2, 20}) {
      Path file = write(SmallRun.of(latent, IMAGES));
      page.open(file, 360, 740);
      assertEquals(360, page.eval("innerWidth").asInt());
      assertEquals(360, page.eval("document.scrollingElement.scrollWidth").asInt());
      double[] map = map();
      assertTrue(map[2] > 250, "the map is " + map[2] + " wide");
      page.touch(map[0] + 0.8 * map[2], map[1] + 0.3 * map[2]);
      float[] first = z();
      page.touch(map[0] + 0.2 * map[2], map[1] + 0.3 * map[2]);
      assertNotEquals(first[0], z()[0]);
      assertQuiet();
    }
  }

  @Test
  void twentyLatentsHaveSliders() throws Exception {
    RunData run = SmallRun.of(20, IMAGES);
    Path file = write(run);
    page.open(file, 1280, 900);
    assertEquals(20, page.eval("document.querySelectorAll('#sliders input').length").asInt());
    page.eval("document.querySelectorAll('#sliders input')[4].focus()");
    page.key("ArrowRight", 39, 0);
    assertTrue(z()[4] > 0, "the key moved z5 to " + z()[4]);
    page.eval(
        "(() => { const s = document.querySelectorAll('#sliders input')[7]; s.value = -2.5;"
            + " s.dispatchEvent(new Event('input')); })()");
    assertEquals(-2.5f, z()[7]);
    assertShows(decoder(run).decode(z(), 1), pixels("decoded"));

    // The map moves z within its plane: what lies across it stays.
    float[] before = z();
    double[] map = map();
    page.mouse(map[0] + 0.7 * map[2], map[1] + 0.4 * map[2]);
    float[] after = z();
    double[][] axes = PrincipalAxes.of(run.mu(), IMAGES, 20).axes();
    double[] moved = new double[20];
    for (int d = 0; d < 20; d++) {
      moved[d] = after[d] - before[d];
    }
    for (double[] axis : axes) {
      double along = 0;
      for (int d = 0; d < 20; d++) {
        along += moved[d] * axis[d];
      }
      for (int d = 0; d < 20; d++) {
        moved[d] -= along * axis[d];
      }
    }
    for (int d = 0; d < 20; d++) {
      assertEquals(0, moved[d], 1e-4, "z" + (d + 1));
      assertEquals(
          Math.max(-3, Math.min(3, after[d])),
          page.eval("Number(document.querySelectorAll('#sliders input')[" + d + "].value)")
              .asDouble(),
          1e-6);
    }
    assertShows(decoder(run).decode(after, 1), pixels("decoded"));
    assertQuiet();
  }

  @Test
  void halfPrecisionIsUnpacked() throws Exception {
    RunData run = SmallRun.of(2, 30);
    RunData large =
        new RunData(
            run.config(),
            run.metrics(),
            run.test(),
            run.labels(),
            run.mu(),
            run.logvar(),
            SmallRun.weights(2, 700, 784),
            null);
    Path file = write(large);
    assertTrue(Files.readString(file).contains("half precision"));
    page.open(file, 1280, 900);
    double[] shown = pixels("decoded");
    float[] exact = decoder(large).decode(new float[2], 1);
    for (int i = 0; i < exact.length; i++) {
      assertEquals(255 * exact[i], shown[4 * i], 3, "pixel " + i);
    }
  }

  /** Two hidden layers: the page against what {@code decode} gives. */
  @Test
  void deeperNetsAreDecodedAsByTheProgram() throws Exception {
    SavedModel model = SavedNets.model(28, 28, 2, 30, 20);
    RunData run = SmallRun.of(2, IMAGES);
    RunData deep =
        new RunData(
            run.config(),
            run.metrics(),
            run.test(),
            run.labels(),
            run.mu(),
            run.logvar(),
            model.weights(),
            null);
    page.open(write(deep), 1280, 900);
    double[] map = map();
    try (HostBackend host = new HostBackend();
        Codec codec = new Codec(host, model)) {
      for (int i = 0; i < 5; i++) {
        page.mouse(map[0] + map[2] * (0.1 + 0.18 * i), map[1] + map[2] * (0.9 - 0.17 * i));
        assertShows(codec.decode(Rows.of(z(), 2)), pixels("decoded"));
      }
    }
    assertQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void activationsAreThePrograms(Activation f) throws Exception {
    page.open(write(SmallRun.of(2, IMAGES)), 1280, 900);
    for (double v : new double[] {-30, -2.5, -1e-3, 0, 1e-3, 0.7, 30}) {
      double y = page.eval("activations['" + f.label() + "'](" + v + ")").asDouble();
      assertEquals(f.value(v), y, 1e-9 * (1 + Math.abs(v)), f + " of " + v);
    }
  }
}
