package vaeocl.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import vaeocl.formats.FormatException;

/** The lines of metrics.csv: a header, then one for each epoch. */
final class Metrics {
  static final String HEADER =
      "epoch,loss,recon,kl,mse,psnr,ssim,mse_mean,psnr_mean,ssim_mean,train_seconds,eval_seconds";

  private static final int COLUMNS = HEADER.split(",").length;

  private Metrics() {}

  static String line(EpochResult r) {
    EpochLoss t = r.training();
    Figures s = r.sampled();
    Figures m = r.mean();
    StringBuilder row = new StringBuilder(Integer.toString(r.epoch()));
    double[] figures = {
      t.loss(), t.recon(), t.kl(), s.mse(), s.psnr(), s.ssim(), m.mse(), m.psnr(), m.ssim()
    };
    for (double figure : figures) {
      row.append(String.format(Locale.ROOT, ",%.9g", figure));
    }
    row.append(String.format(Locale.ROOT, ",%.4f,%.4f", t.seconds(), r.evaluationSeconds()));
    return row.toString();
  }

  /**
   * The epochs in the lines of a file.
   *
   * @throws FormatException if they are not what {@link #line} writes, from epoch 1 on
   */
  static List<EpochResult> parse(Path file, List<String> lines) throws FormatException {
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new FormatException(file, "does not begin with the line '" + HEADER + "'");
    }
    List<EpochResult> results = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        if (cells.length != COLUMNS || Integer.parseInt(cells[0]) != i) {
          throw new NumberFormatException("not epoch " + i);
        }
        double[] v = IntStream.range(1, COLUMNS).mapToDouble(c -> number(cells[c])).toArray();
        results.add(
            new EpochResult(
                i,
                new EpochLoss(v[0], v[1], v[2], v[9]),
                new Figures(v[3], v[4], v[5]),
                new Figures(v[6], v[7], v[8]),
                v[10]));
      } catch (NumberFormatException e) {
        throw new FormatException(file, "line " + (i + 1) + " is damaged: " + lines.get(i), e);
      }
    }
    return results;
  }

  private static double number(String cell) {
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(cell);
    }
    return value;
  }
}
