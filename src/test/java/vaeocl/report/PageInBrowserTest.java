package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rest of the page as a browser runs it, and what must not run. */
class PageInBrowserTest extends InBrowser {
  @Test
  void chartsShowValuesAndTakeMore() throws Exception {
    Path file = write(SmallRun.of(20, IMAGES));
    page.open(file, 1280, 900);
    assertEquals(5, page.eval("document.querySelectorAll('.uplot').length").asInt());
    String legend = "document.querySelector('#chart-loss .u-legend').textContent";
    page.await(legend + ".includes('41.800')");
    double[] chart =
        numbers(
            page.eval(
                "(() => { const o = document.querySelector('#chart-loss .u-over');"
                    + " o.scrollIntoView({block: 'center'});"
                    + " const r = o.getBoundingClientRect();"
                    + " return [r.left, r.top + r.height / 2]; })()"));
    page.mouse(chart[0] + 12, chart[1]);
    page.await(legend + ".includes('49.000')");
    page.eval("setMetrics([...page.data.metrics, {...page.data.metrics[4], epoch: 6, loss: 7}])");
    page.mouse(chart[0] - 200, chart[1]);
    page.await(legend + ".includes('7.000')");
    assertEquals(5, page.eval("document.querySelectorAll('.uplot').length").asInt());
    assertQuiet();
  }

  @Test
  void darkAndPaperHaveTheirColours() throws Exception {
    Path file = write(SmallRun.of(2, IMAGES));
    String background = "getComputedStyle(document.body).backgroundColor";
    String map =
        "(() => { const c = document.getElementById('points'); const d ="
            + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let sum = 0;"
            + " for (let i = 0; i < d.length; i += 4) sum += d[i] * d[i + 3]; return sum; })()";
    page.open(file, 1280, 900);
    String light = page.eval(background).asText();
    double lightMap = page.eval(map).asDouble();
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", "dark");
    page.call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    page.await(background + " !== '" + light + "'");
    page.await(map + " !== " + lightMap);

    page.eval("dispatchEvent(new Event('beforeprint'))");
    assertEquals(light, page.eval(background).asText(), "paper is white on a dark screen too");
    page.eval("dispatchEvent(new Event('afterprint'))");
    assertNotEquals(light, page.eval(background).asText());
    assertQuiet();
  }

  @Test
  void hostileTextRunsNothing() throws Exception {
    String attack = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>";
    ObjectNode config = SmallRun.config(2);
    config.put(attack, attack).put("started", attack);
    config.putObject("dataset").put("name", attack).put("source", attack);
    config.putObject("device").put("name", "\" onmouseover=\"window.hacked=1");
    RunData run = SmallRun.of(2, 30);
    Path file = write(SmallRun.of(config, run.test(), run.labels(), 2));
    page.open(file, 1280, 900);
    assertTrue(page.eval("document.body.textContent").asText().contains(attack));
    assertEquals("undefined", page.eval("typeof window.hacked").asText());
    assertEquals(13, page.eval("document.scripts.length").asInt());
    assertQuiet();

    // And if something did get in, the policy would stop it.
    page.eval("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/\">')");
    page.eval(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.hacked=1';"
            + " document.body.append(s); })()");
    assertEquals("undefined", page.eval("typeof window.hacked").asText());
    for (int i = 0; i < 100 && page.complaints().size() < 2; i++) {
      Thread.sleep(50);
    }
    assertTrue(page.complaints().toString().contains("Content Security Policy"));
  }

  @Test
  void runsWithMissingPartsComplainOfNothing() throws Exception {
    RunData run = SmallRun.of(2, IMAGES);
    List<RunData> runs =
        List.of(
            new RunData(null, List.of(), null, null, null, null, Map.of(), null),
            new RunData(run.config(), run.metrics(), null, null, null, null, Map.of(), null),
            new RunData(run.config(), List.of(), run.test(), null, null, null, run.weights(), null),
            new RunData(
                run.config(),
                SmallRun.metrics(1),
                run.test(),
                null,
                run.mu(),
                null,
                Map.of(),
                null),
            SmallRun.of(1, 20));
    for (RunData part : runs) {
      Report.write(folder, part);
      page.open(folder.resolve("report.html"), 1280, 900);
      assertEquals(List.of(), page.complaints());
      if (page.eval(ROOT + " !== null").asBoolean()) {
        double[] map = map();
        page.mouse(map[0] + 30, map[1] + 40);
        assertTrue(z()[0] < 0, "the map has no points but moves z: " + z()[0]);
      }
      assertEquals(List.of(), page.complaints());
    }
  }
}
