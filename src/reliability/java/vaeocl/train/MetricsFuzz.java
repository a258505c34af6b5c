package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import vaeocl.formats.FormatException;
import vaeocl.formats.FuzzedFile;
import vaeocl.formats.TextFile;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;

/**
 * metrics.csv, whose lines are the same when they were read and written, alone and as a run's that
 * goes on from a checkpoint.
 */
public final class MetricsFuzz {
  private static final String NAME = "metrics.csv";
  private static final FuzzedFile<List<String>> FILE =
      FuzzedFile.of(NAME, MetricsFuzz::read, MetricsFuzz::write);

  /** Of the checkpoint. */
  private static final int EPOCHS = 2;

  private MetricsFuzz() {}

  private static List<String> read(Path file) throws IOException {
    return Metrics.read(file).stream().map(Metrics::line).toList();
  }

  private static void write(Path file, List<String> lines) throws IOException {
    StringBuilder text = new StringBuilder(Metrics.HEADER).append('\n');
    lines.forEach(line -> text.append(line).append('\n'));
    TextFile.write(file, text.toString());
  }

  /** Files to begin with. */
  public static void seeds(Path folder) throws IOException {
    EpochLoss loss = new EpochLoss(48.9, 46, 2.9, 0, 1, Double.NaN, 0.4);
    EpochLoss weighed = new EpochLoss(47, Double.NaN, 2.9, 0.1, 0.5, 0.06, 0.4);
    Figures figures = new Figures(0.04, 14.2, 0.5);
    EpochResult first = new EpochResult(1, loss, figures, figures, Double.NaN, 1e-9);
    EpochResult second = new EpochResult(2, weighed, figures, figures, 47.5, 1e9);
    write(folder.resolve("none"), List.of());
    List<String> two = List.of(Metrics.line(first), Metrics.line(second));
    write(folder.resolve("two"), two);
    // As versions before 0.2 left a figure of a perfect image.
    write(folder.resolve("perfect"), List.of(two.get(0).replace("14.2000000", "Infinity")));
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    int lines = FILE.check(bytes).map(List::size).orElse(-1);
    Path file = FILE.file();
    try {
      List<EpochResult> found = Metrics.ofEpochs(file.getParent(), NAME, EPOCHS, "checkpoint");
      assertEquals(lines, found.size());
    } catch (FormatException e) {
      assertTrue(lines < EPOCHS, e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }
}
