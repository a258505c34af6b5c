package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.formats.FormatException;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;

class MetricsTest {
  private static final String EARLIER_HEADER =
      "epoch,loss,recon,kl,mse,psnr,ssim,mse_mean,psnr_mean,ssim_mean,train_seconds,eval_seconds";
  private static final String HEADER = EARLIER_HEADER + ",beta,free_bits,sigma2,validation_loss";
  private static final String EARLIER = "1,48.5,46,2.5,0.05,13.3,0.38,0.04,13.5,0.39,1.15,0.125";
  private static final String FIRST = EARLIER + ",1,0,,";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("metrics.csv"), text);
  }

  private void assertRefused(String expected, String text) throws IOException {
    Path file = file(text);
    FormatException e = assertThrows(FormatException.class, () -> Metrics.read(file));
    assertEquals(file + ": " + expected, e.getMessage());
  }

  @Test
  void rowsAreRead() throws IOException {
    String second = FIRST.replaceFirst("1,48.5", "2,4.25e1");
    List<EpochResult> rows = Metrics.read(file(HEADER + "\n" + FIRST + "\r\n" + second + "\n"));
    assertEquals(
        List.of(
            new EpochResult(
                1,
                new EpochLoss(48.5, 46, 2.5, 0, 1, Double.NaN, 1.15),
                new Figures(0.05, 13.3, 0.38),
                new Figures(0.04, 13.5, 0.39),
                Double.NaN,
                0.125),
            new EpochResult(
                2,
                new EpochLoss(42.5, 46, 2.5, 0, 1, Double.NaN, 1.15),
                new Figures(0.05, 13.3, 0.38),
                new Figures(0.04, 13.5, 0.39),
                Double.NaN,
                0.125)),
        rows);
  }

  @Test
  void linesReadBackAsTheyWere() throws IOException {
    EpochResult result =
        new EpochResult(
            1,
            new EpochLoss(48.921860, 46.0361474, 2.88571282, 0.25, 0.5, 0.0587, 1.25),
            new Figures(0.0509, 13.36, 0.38),
            new Figures(0.0496, 13.51, 0.387),
            49.75,
            0.125);
    assertEquals(List.of(result), Metrics.read(file(HEADER + "\n" + Metrics.line(result) + "\n")));
  }

  @Test
  void linesOfEarlierVersionsAreReadAndCompleted() throws IOException {
    EpochResult row = Metrics.read(file(EARLIER_HEADER + "\n" + EARLIER + "\n")).get(0);
    assertEquals(new EpochLoss(48.5, 46, 2.5, 0, Double.NaN, Double.NaN, 1.15), row.training());
    assertEquals(Double.NaN, row.validation());
    String completed = Metrics.completed(EARLIER);
    assertEquals(EARLIER + ",,,,", completed);
    assertEquals(List.of(row), Metrics.read(file(HEADER + "\n" + completed + "\n")));
    assertEquals(
        FileDigests.metrics(List.of(EARLIER_HEADER, EARLIER), 1),
        FileDigests.metrics(List.of(HEADER, completed), 1));
    assertNotEquals(
        FileDigests.metrics(List.of(EARLIER_HEADER, EARLIER), 1),
        FileDigests.metrics(List.of(HEADER, FIRST), 1));
  }

  /** Of an importance-weighted bound, reconstruction is no part. */
  @Test
  void theBoundStandsAlone() throws IOException {
    String line = FIRST.replace(",46,", ",,");
    assertEquals(Double.NaN, Metrics.read(file(HEADER + "\n" + line)).get(0).training().recon());
  }

  @Test
  void headerAloneIsNoEpochYet() throws IOException {
    assertEquals(List.of(), Metrics.read(file(HEADER + "\n")));
  }

  @Test
  void everyMistakeIsNamed() throws IOException {
    assertRefused("the file is empty", "");
    assertRefused("its first line has to be '" + HEADER + "'", FIRST + "\n");
    assertRefused("line 2 has 1 columns where 16 are due", HEADER + "\n\n");
    assertRefused("line 2 has 17 columns where 16 are due", HEADER + "\n" + FIRST + ",1\n");
    assertRefused(
        "line 2: loss is not a finite number: 'x'", HEADER + "\n" + FIRST.replace("48.5", "x"));
    assertRefused(
        "line 2: loss is not a finite number: 'NaN'", HEADER + "\n" + FIRST.replace("48.5", "NaN"));
    for (String text : List.of("1e400", "0x1p-3", "1d", " 1", "")) {
      assertRefused(
          "line 2: psnr is not a finite number: '" + text + "'",
          HEADER + "\n" + FIRST.replace("13.3", text));
    }
    assertRefused(
        "line 2: epoch is not a whole number: '1.5'",
        HEADER + "\n" + FIRST.replaceFirst("1", "1.5"));
    assertRefused("line 3: epoch 1 where 2 is due", HEADER + "\n" + FIRST + "\n" + FIRST + "\n");
  }

  /** A perfect image was infinite in the mean of versions before. */
  @Test
  void figuresOfOlderVersionsAreReadAsUnknown() throws IOException {
    for (String text : List.of("Infinity", "-Infinity", "NaN")) {
      EpochResult row =
          Metrics.read(file(HEADER + "\n" + FIRST.replace("13.3", text) + "\n")).get(0);
      assertEquals(new Figures(0.05, Double.NaN, 0.38), row.sampled());
      assertEquals(new Figures(0.04, 13.5, 0.39), row.mean());
    }
  }

  @Test
  void longFieldIsCutInTheMessage() throws IOException {
    assertRefused(
        "line 2: kl is not a finite number: '" + "y".repeat(40) + "…'",
        HEADER + "\n" + FIRST.replace("2.5", "y".repeat(5000)));
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertEquals(
        missing + ": no such file",
        assertThrows(FormatException.class, () -> Metrics.read(missing)).getMessage());
    assertEquals(
        folder + ": cannot be read: it is a folder",
        assertThrows(FormatException.class, () -> Metrics.read(folder)).getMessage());
    Path binary = folder.resolve("binary.csv");
    Files.write(binary, "epoch\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        binary + ": not valid text (UTF-8)",
        assertThrows(FormatException.class, () -> Metrics.read(binary)).getMessage());
  }
}
