package vaeocl.train;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vaeocl.formats.FormatException;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;

/** The lines of metrics.csv: a header, then one for each epoch. */
final class Metrics {
  static final String HEADER =
      "epoch,loss,recon,kl,mse,psnr,ssim,mse_mean,psnr_mean,ssim_mean,train_seconds,eval_seconds";

  private static final List<String> COLUMNS = List.of(HEADER.split(",", -1));

  /** Room for a hundred thousand epochs. A larger file is something else. */
  private static final long MAX_BYTES = 16 << 20;

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
   * Reads {@code metrics.csv}. No lines below the header are no epochs yet.
   *
   * @throws FormatException if the file is missing, or breaks the format anywhere
   */
  static List<EpochResult> read(Path file) throws FormatException {
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      throw new FormatException(file, "the file is empty");
    }
    if (!lines.get(0).equals(HEADER)) {
      throw new FormatException(file, "its first line has to be '" + HEADER + "'");
    }
    List<EpochResult> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      EpochResult row = parse(file, i + 1, lines.get(i));
      if (row.epoch() != i) {
        throw new FormatException(
            file, "line " + (i + 1) + ": epoch " + row.epoch() + " where " + i + " is due");
      }
      rows.add(row);
    }
    return List.copyOf(rows);
  }

  private static List<String> lines(Path file) throws FormatException {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw new FormatException(file, "larger than 16 MB, which no run's metrics are");
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (FormatException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new FormatException(file, "no such file", e);
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "not valid text (UTF-8)", e);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
      throw new FormatException(file, "cannot be read: " + why, e);
    }
  }

  private static EpochResult parse(Path file, int line, String text) throws FormatException {
    String[] fields = text.split(",", -1);
    if (fields.length != COLUMNS.size()) {
      throw new FormatException(
          file,
          "line "
              + line
              + " has "
              + fields.length
              + " columns where "
              + COLUMNS.size()
              + " are due");
    }
    double[] v = new double[fields.length];
    for (int i = 0; i < v.length; i++) {
      try {
        v[i] = Double.parseDouble(fields[i]);
      } catch (NumberFormatException e) {
        v[i] = Double.NaN;
      }
      if (!Double.isFinite(v[i]) || (i == 0 && v[0] != (int) v[0])) {
        String kind = i == 0 ? "a whole number" : "a finite number";
        String found = fields[i].length() > 40 ? fields[i].substring(0, 40) + "…" : fields[i];
        throw new FormatException(
            file, "line " + line + ": " + COLUMNS.get(i) + " is not " + kind + ": '" + found + "'");
      }
    }
    return new EpochResult(
        (int) v[0],
        new EpochLoss(v[1], v[2], v[3], v[10]),
        new Figures(v[4], v[5], v[6]),
        new Figures(v[7], v[8], v[9]),
        v[11]);
  }
}
