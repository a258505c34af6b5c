package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vaeocl.compare.Exhibit;
import vaeocl.data.Images;
import vaeocl.lab.Collapse;
import vaeocl.lab.Maps;
import vaeocl.model.LatentUse;
import vaeocl.model.VaeConfig;

/** The pages of the labs as a browser shows them. */
class LabPagesInBrowserTest extends InBrowser {
  private static final String ATTACK = "</script><img src=x onerror=window.hacked=1>";
  private static final int SIZE = 28 * 28;
  private static final Exhibit EXHIBIT =
      new Exhibit(new Images(3, 28, 28, new byte[3 * SIZE]), new int[] {0, 1, 2});

  private static Collapse.Run run(double beta, int active) {
    double[] kl = new double[8];
    double[] variance = new double[8];
    for (int d = 0; d < active; d++) {
      kl[d] = 3.0 / (d + 1) / beta;
      variance[d] = 1;
    }
    return new Collapse.Run(
        VaeConfig.DEFAULT.with(Map.of("beta", beta, "latent", 8)),
        10,
        new LatentUse(kl, variance),
        6 / beta,
        20 + beta,
        new byte[3][SIZE],
        new byte[10][SIZE]);
  }

  private Path collapse() throws Exception {
    Collapse lab =
        new Collapse(
            EXHIBIT, List.of(run(5, 0), run(0.5, 8), run(2, 3)), new double[] {5, 3, 2, 1});
    Path file = folder.resolve("collapse.html");
    Files.writeString(file, CollapsePage.of(lab, "digits" + ATTACK));
    return file;
  }

  private static Maps.Way way(String name, double share) {
    float[] codes = new float[600];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) Math.sin(i * i);
    }
    boolean[] grid = new boolean[Maps.GRID * Maps.GRID];
    grid[3 * Maps.GRID + 5] = true;
    double[] box = {-1, 1, -2, 2};
    byte[][] cells = new byte[grid.length][SIZE];
    boolean[] accepted = new boolean[24];
    accepted[0] = true;
    byte[][] samples = new byte[24][SIZE];
    return new Maps.Way(
        name,
        "a source",
        codes,
        new double[] {1, 1},
        box,
        cells,
        grid,
        new byte[3][SIZE],
        samples,
        accepted,
        5,
        share,
        share,
        share,
        0.04);
  }

  private Path maps() throws Exception {
    byte[] labels = new byte[300];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 10);
    }
    List<Maps.Way> ways = List.of(way("autoencoder", 0.5), way("VAE", 0.9), way("PCA", 0.8));
    Path file = folder.resolve("ae-vae-pca.html");
    Maps lab = new Maps(EXHIBIT, labels, 0.06, 300, 6, ways);
    Files.writeString(file, MapsPage.of(lab, "digits" + ATTACK, 20));
    return file;
  }

  @Test
  void bothAreQuietHarmlessAndFitEveryScreen() throws Exception {
    for (Path file : List.of(collapse(), maps())) {
      for (int width : new int[] {1280, 400}) {
        page.open(file, width, 900);
        assertEquals("undefined", page.eval("typeof window.hacked").asText());
        int questions = page.eval("document.querySelectorAll('details').length").asInt();
        assertTrue(questions >= 4 && questions <= 6, questions + " questions");
        page.eval("document.querySelectorAll('details').forEach(d => d.open = true)");
        boolean fits = page.eval("document.documentElement.scrollWidth <= innerWidth").asBoolean();
        assertTrue(fits, file + " is wider than a screen of " + width);
        assertEquals(List.of(), page.complaints());
      }
    }
    Set<String> asked = new TreeSet<>();
    for (JsonNode request : page.events("Network.requestWillBeSent")) {
      asked.add(request.path("request").path("url").asText().replaceFirst(":.*", ""));
    }
    assertEquals(Set.of("file", "data"), asked);
  }

  private static List<String> shown() throws Exception {
    List<String> shown = new ArrayList<>();
    String cards = "[...document.querySelectorAll('.card')].filter(c => c.checkVisibility())";
    page.eval(cards + ".map(c => c.querySelector('h3').textContent)")
        .forEach(c -> shown.add(c.asText()));
    return shown;
  }

  @Test
  void theKnobTurnsFromNetToNet() throws Exception {
    page.open(collapse(), 1280, 900);
    assertEquals(3, page.eval("document.querySelectorAll('.uplot').length").asInt());
    assertEquals(List.of("β = 2"), shown());
    page.eval("document.querySelector('.knob input').focus()");
    page.key("ArrowRight", 39, 0);
    page.await("document.querySelector('.knob output').textContent === 'β = 5'");
    assertEquals(List.of("β = 5"), shown());
    String warning = "document.querySelectorAll('.collapse-warning').length";
    assertEquals(2, page.eval(warning).asInt());
    page.call("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertEquals(3, shown().size());
    page.call("Emulation.setEmulatedMedia", Map.of("media", ""));
  }

  @Test
  void thePlaceBelowThePointerIsTold() throws Exception {
    page.open(maps(), 1280, 900);
    assertEquals(3 * 10, page.eval("document.querySelectorAll('.dots').length").asInt());
    double[] map =
        numbers(
            page.eval(
                "(() => { const o = document.querySelector('.way .plane');"
                    + " o.scrollIntoView({block: 'center'});"
                    + " const r = o.getBoundingClientRect();"
                    + " return [r.left, r.top, r.width, r.height]; })()"));
    page.mouse(map[0] + map[2] * 5.5 / 16, map[1] + map[3] * 3.5 / 16);
    page.await("document.querySelector('.told').textContent === 'z = (-0.31, 1.13): accepted'");
    page.mouse(map[0] + map[2] * 6.5 / 16, map[1] + map[3] * 3.5 / 16);
    page.await("document.querySelector('.told').textContent.includes('a hole')");
    page.mouse(1, 1);
    page.await("document.querySelector('.told').textContent.startsWith('Rejected')");
  }
}
