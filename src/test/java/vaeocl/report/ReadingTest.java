package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.model.Figures;

class ReadingTest {
  @TempDir Path folder;

  /** −10·lg 0.05 = 13.010. */
  @Test
  void figuresAreExplainedWithTheRunsOwnNumbers() {
    String said = Reading.headline(new Figures(0.05, 14, 0.5));
    assertTrue(said.contains("not that of the mean squared error (which is 13.010 dB)"), said);
    assertFalse(Reading.headline(new Figures(0, 144.5, 1)).contains("dB"));
  }

  @Test
  void everyChartHasItsLine() throws IOException {
    Report.write(folder, SmallRun.of(2, 50));
    String page = Files.readString(folder.resolve("report.html"));
    for (String id : new String[] {"loss", "kl", "psnr", "ssim", "dimensions"}) {
      String line = Html.escape(Reading.chart(id));
      assertTrue(page.contains("id=\"chart-" + id + "\"></div><figcaption>" + line), id);
    }
  }
}
