package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The film as a browser runs it. */
class FilmInBrowserTest extends InBrowser {
  private static final String FILM = "document.getElementById('film')";

  private Path film(int latent, int... epochs) throws Exception {
    RunData run = SmallRun.of(latent, IMAGES);
    return write(run.withFilm(SmallFilm.of(run, 300, epochs)));
  }

  private static String text(String id) throws Exception {
    return page.eval("document.getElementById('" + id + "').textContent").asText();
  }

  private static int epoch() throws Exception {
    return page.eval(FILM + ".dataset.epoch").asInt(-1);
  }

  private static boolean playing() throws Exception {
    return page.eval(FILM + ".dataset.playing === 'true'").asBoolean();
  }

  @Test
  void sliderKeysAndButtonRunThroughTheEpochs() throws Exception {
    page.open(film(2, 0, 1, 2, 5, 10), 1280, 900);
    assertEquals(10, epoch());
    assertEquals("epoch 10 of 10", text("film-epoch"));
    assertFalse(playing(), "nothing plays by itself");
    page.eval("document.getElementById('film-slider').focus()");
    page.key("ArrowLeft", 37, 0);
    assertEquals(5, epoch());
    assertEquals("epoch 5 of 10", text("film-epoch"));
    page.key("Home", 36, 0);
    assertEquals("before training", text("film-epoch"));
    assertEquals(
        "before training",
        page.eval(
                "document.getElementById('film-slider').ariaValueText"
                    + " ?? document.getElementById('film-slider').getAttribute('aria-valuetext')")
            .asText());
    double[] first = pixels("film-map");
    double[] firstPicture = pixels("film-picture");
    page.key("End", 35, 0);
    assertNotEquals(sum(first), sum(pixels("film-map")));
    assertNotEquals(sum(firstPicture), sum(pixels("film-picture")));

    page.eval("document.getElementById('film-play').focus()");
    page.key(" ", 32, 0);
    Set<Integer> seen = new HashSet<>();
    assertTrue(playing() || epoch() < 10);
    while (playing()) {
      seen.add(epoch());
      Thread.sleep(20);
    }
    assertEquals(10, epoch(), "it ends with the last one");
    assertTrue(seen.size() >= 3, "seen while it played: " + seen);
    assertEquals("Play", text("film-play"));
    assertQuiet();
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * (i % 101);
    }
    return sum;
  }

  @Test
  void itStopsWhereItIsAskedTo() throws Exception {
    page.open(film(2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 1280, 900);
    page.eval("document.getElementById('film-play').click()");
    page.await(FILM + ".dataset.epoch > 1");
    assertEquals("Pause", text("film-play"));
    page.eval("document.getElementById('film-play').click()");
    int stopped = epoch();
    assertFalse(playing());
    Thread.sleep(800);
    assertEquals(stopped, epoch());
    page.eval(
        "(() => { const s = document.getElementById('film-slider'); s.value = 3;"
            + " s.dispatchEvent(new Event('input')); })()");
    assertEquals(3, epoch());
    page.eval("document.getElementById('film-play').click()");
    page.await(FILM + ".dataset.epoch > 3");
    assertQuiet();
  }

  @Test
  void lessMotionMeansNoneBetweenFrames() throws Exception {
    Path file = film(2, 0, 1, 2);
    page.open(file, 1280, 900);
    Map<String, String> less = Map.of("name", "prefers-reduced-motion", "value", "reduce");
    page.call("Emulation.setEmulatedMedia", Map.of("features", List.of(less)));
    page.eval("document.getElementById('film-slider').value = 0");
    page.eval("document.getElementById('film-slider').dispatchEvent(new Event('input'))");
    double[] standing = pixels("film-map");
    page.eval("document.getElementById('film-play').click()");
    page.eval("new Promise((done) => setTimeout(done, 200))");
    if (epoch() == 0) {
      assertArrayEquals(standing, pixels("film-map"));
    }
    page.await(FILM + ".dataset.playing === 'false'");
    assertEquals(2, epoch());
    page.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    assertQuiet();
  }

  @Test
  void paperShowsTheLastFrame() throws Exception {
    page.open(film(2, 0, 1, 2), 1280, 900);
    page.eval("document.getElementById('film-slider').value = 0");
    page.eval("document.getElementById('film-slider').dispatchEvent(new Event('input'))");
    assertEquals("before training", text("film-epoch"));
    page.eval("dispatchEvent(new Event('beforeprint'))");
    assertEquals("epoch 2 of 2", text("film-epoch"));
    page.eval("dispatchEvent(new Event('afterprint'))");
    assertEquals("before training", text("film-epoch"));
    assertQuiet();
  }

  @Test
  void narrowScreensAndAnyLatentsAreQuiet() throws Exception {
    for (int latent : new int[] {1, 2, 20}) {
      page.open(film(latent, 0, 4), 400, 800);
      assertEquals(400, page.eval("document.scrollingElement.scrollWidth").asInt());
      page.eval("document.getElementById('film-play').click()");
      page.await(FILM + ".dataset.playing === 'false'");
      assertEquals(4, epoch());
      assertQuiet();
    }
    page.open(film(2, 0), 1280, 900);
    assertEquals(0, epoch());
    assertEquals("before training", text("film-epoch"));
    assertQuiet();
  }
}
