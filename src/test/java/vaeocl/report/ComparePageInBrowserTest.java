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
import vaeocl.compare.ComparedRun;
import vaeocl.compare.Exhibit;
import vaeocl.compare.Losses;
import vaeocl.compare.Ranking;
import vaeocl.data.Images;
import vaeocl.model.VaeConfig;

/** A comparison as a browser shows it. */
class ComparePageInBrowserTest extends InBrowser {
  private static final String ATTACK = "</script><img src=x onerror=window.hacked=1>";

  private static ComparedRun run(String name, double beta, long seed) {
    VaeConfig settings = VaeConfig.DEFAULT.with(Map.of("beta", beta, "seed", seed));
    byte[][] pictures = new byte[3][28 * 28];
    Losses losses = new Losses(30 - beta + seed / 10.0, 5 / beta, 35 + beta + seed, 8);
    Losses none = new Losses(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    return new ComparedRun(
        name, Path.of(name), settings, SmallRun.metrics(4), 4, 4, none, losses, pictures, pictures);
  }

  private Path page() throws Exception {
    List<ComparedRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= 15; seed++) {
      runs.add(run("a" + seed, 1, seed));
      runs.add(run("b" + seed + ATTACK, 2, seed));
    }
    Exhibit exhibit =
        new Exhibit(new Images(3, 28, 28, new byte[3 * 28 * 28]), new int[] {0, 1, 2});
    Path file = folder.resolve("compare.html");
    Files.writeString(file, ComparePage.of(Ranking.of(runs), exhibit, "digits" + ATTACK));
    return file;
  }

  @Test
  void thirtyRunsAreNamedDrawnAndHarmless() throws Exception {
    Path file = page();
    for (int width : new int[] {1280, 400}) {
      page.open(file, width, 900);
      assertEquals(5, page.eval("document.querySelectorAll('.uplot').length").asInt());
      assertEquals(30, page.eval("document.querySelectorAll('.runs tbody tr').length").asInt());
      assertEquals(2, page.eval("document.querySelectorAll('.seeds tbody tr').length").asInt());
      assertEquals(31, page.eval("document.querySelectorAll('.strips tbody tr').length").asInt());
      assertEquals("undefined", page.eval("typeof window.hacked").asText());
      boolean fits = page.eval("document.documentElement.scrollWidth <= innerWidth").asBoolean();
      assertTrue(fits, "wider than a screen of " + width);
      assertEquals(List.of(), page.complaints());
    }
    Set<String> asked = new TreeSet<>();
    for (JsonNode request : page.events("Network.requestWillBeSent")) {
      asked.add(request.path("request").path("url").asText().replaceFirst(":.*", ""));
    }
    assertEquals(Set.of("file", "data"), asked);
  }

  @Test
  void theRunBelowThePointerIsNamed() throws Exception {
    page.open(page(), 1280, 900);
    double[] chart =
        numbers(
            page.eval(
                "(() => { const o = document.querySelector('#chart-plane .u-over');"
                    + " o.scrollIntoView({block: 'center'});"
                    + " const r = o.getBoundingClientRect();"
                    + " return [r.left, r.top, r.width, r.height]; })()"));
    // The lower end of the left column: beta 2, the first seed.
    page.mouse(chart[0] + 0.06 * chart[2], chart[1] + 0.94 * chart[3]);
    page.await("document.getElementById('label-plane').textContent.startsWith('b1<')");
  }
}
