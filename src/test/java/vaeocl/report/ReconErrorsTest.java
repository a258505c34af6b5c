package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconErrorsTest {
  @TempDir Path folder;

  /** A decoder that is off by n / 100 in every pixel of image n, shuffled. */
  @Test
  void imagesAreRankedByTheirErrors() throws Exception {
    RunData run = SmallRun.of(1, 30);
    float[] z = new float[30];
    IntStream.range(0, 30).forEach(n -> z[n] = n);
    Decoder off =
        (points, count) -> {
          float[] recon = new float[count * 784];
          for (int i = 0; i < recon.length; i++) {
            int n = Math.floorMod((int) points[i / 784], 30); // of other pictures, anything
            float x = (run.test().pixels()[n * 784 + i % 784] & 0xff) / 255f;
            float error = 7 * n % 30 / 100f;
            recon[i] = x < 0.5 ? x + error : x - error;
          }
          return recon;
        };
    RunData shifted = run.withEncoded(z, run.logvar()).withDecoder(off);
    ReconErrors errors = ReconErrors.of(Analysis.of(shifted));
    int[] expected = IntStream.range(0, 30).map(k -> 13 * k % 30).toArray(); // 7·13 = 91 = 1 mod 30
    assertArrayEquals(expected, errors.images());
    assertEquals(0.29 * 0.29, errors.mse()[29], 1e-6);
    assertEquals("no. 18 (10.8 dB)", errors.text(29, 1), Arrays.toString(errors.mse()));
    Report.write(folder, shifted);
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("Worst: no. 21 (14.0 dB), no. 4 (13.6 dB), "), "the caption");
  }
}
