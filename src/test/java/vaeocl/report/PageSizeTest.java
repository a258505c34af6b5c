package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.formats.FloatArray;

class PageSizeTest {
  private static final int PIXELS = 784;

  @TempDir Path folder;

  private String page(int latent, int images, int hidden) throws IOException {
    RunData run = SmallRun.of(latent, images);
    Map<String, FloatArray> weights = SmallRun.weights(latent, hidden, PIXELS);
    SmallRun.put(weights, "fc1", PIXELS, hidden);
    SmallRun.put(weights, "fc21", hidden, latent);
    SmallRun.put(weights, "fc22", hidden, latent);
    RunData large =
        new RunData(
            run.config(),
            run.metrics(),
            run.test(),
            run.labels(),
            run.mu(),
            run.logvar(),
            weights,
            (z, count) -> new float[count * PIXELS]);
    assertEquals(List.of(), Report.write(folder, large));
    return Files.readString(folder.resolve("report.html"));
  }

  private static JsonNode explorer(String page) throws IOException {
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(begin) + begin.length();
    String json = page.substring(from, page.indexOf("</script>", from));
    return new ObjectMapper().readTree(json).get("explorer");
  }

  @Test
  void defaultModelStaysBelowFiveMegabytes() throws IOException {
    for (int latent : new int[] {2, 64}) {
      String page = page(latent, 10_000, 400);
      long size = Files.size(folder.resolve("report.html"));
      assertTrue(size < 5_000_000, latent + " latents: " + size + " bytes");
      int count = explorer(page).get("near").get("count").asInt();
      assertTrue(count > 1000, "pictures to look at: " + count);
      String said =
          count == 10_000
              ? "near any of them"
              : String.format(Locale.ROOT, "near one of %,d of", count);
      assertTrue(page.contains(said), said);
      assertFalse(explorer(page).get("model").get("half").asBoolean());
      assertTrue(explorer(page).has("draw"));
    }
  }

  @Test
  void largeDecoderIsKeptInHalfPrecisionAndThePageSaysSo() throws IOException {
    String page = page(2, 3000, 2000);
    assertTrue(explorer(page).get("model").get("half").asBoolean());
    assertTrue(page.contains("kept in half precision here"));
    int count = explorer(page).get("near").get("count").asInt();
    assertTrue(count > 100 && count < 3000, "pictures to look at: " + count);
    assertTrue(page.contains("evenly chosen"));
  }

  @Test
  void hugeDecoderIsLeftOutAndThePageSaysSo() throws IOException {
    String page = page(2, 100, 12_000);
    assertFalse(explorer(page).has("model"));
    assertFalse(explorer(page).has("draw"));
    assertTrue(page.contains("The decoder is too large for a page"));
  }

  @Test
  void manyDimensionsGetSlidersForThoseThatMatter() throws IOException {
    String page = page(100, 300, 20);
    assertEquals(64, explorer(page).get("sliders").size());
    assertTrue(page.contains("Of its 100 dimensions, 64 have sliders: those with the largest KL."));
  }
}
