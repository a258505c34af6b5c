package vaeocl.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vaeocl.formats.FormatException;
import vaeocl.formats.ShellLine;
import vaeocl.formats.TextFile;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;
import vaeocl.model.TextValue;

/** The lines of metrics.csv: a header, then one for each epoch. */
final class Metrics {
  static final String HEADER =
      "epoch,loss,recon,kl,mse,psnr,ssim,mse_mean,psnr_mean,ssim_mean,train_seconds,eval_seconds,"
          + "beta,free_bits,sigma2,validation_loss";

  private static final List<String> COLUMNS = List.of(HEADER.split(",", -1));

  /** Columns of versions before 0.3, which end in eval_seconds. */
  private static final int EARLIER = 12;

  private static final String EARLIER_HEADER = String.join(",", COLUMNS.subList(0, EARLIER));

  /** A column that may be empty: of a weighed bound, reconstruction is no part. */
  private static final int RECON = 2;

  /** Room for a hundred thousand epochs. A larger file is something else. */
  private static final int MAX_BYTES = 16 << 20;

  /**
   * The columns of test figures: NaN for the SSIM of images too small for it, and what versions
   * before 0.2 could write as Infinity or NaN.
   */
  private static final int FIRST_FIGURE = 4;

  private static final int LAST_FIGURE = 9;
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private Metrics() {}

  static String line(EpochResult r) {
    EpochLoss t = r.training();
    Figures s = r.sampled();
    Figures m = r.mean();
    StringBuilder row = new StringBuilder(Integer.toString(r.epoch()));
    append(row, "", t.loss(), t.recon(), t.kl());
    append(row, "NaN", s.mse(), s.psnr(), s.ssim(), m.mse(), m.psnr(), m.ssim());
    row.append(String.format(Locale.ROOT, ",%.4f,%.4f", t.seconds(), r.evaluationSeconds()));
    append(row, "", t.beta(), t.freeBits(), t.variance(), r.validation());
    return row.toString();
  }

  /** The figures as the file has them, by column; NaN where there is none. */
  static Map<String, Double> named(EpochResult r) {
    String[] cells = line(r).split(",", -1);
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      named.put(COLUMNS.get(i), number(cells[i]));
    }
    return named;
  }

  /** Cells of figures, and what stands where there is none. */
  private static void append(StringBuilder row, String none, double... figures) {
    for (double figure : figures) {
      String cell = Double.isNaN(figure) ? none : String.format(Locale.ROOT, "%.9g", figure);
      row.append(',').append(cell);
    }
  }

  /** A figure as it is read again. */
  static double kept(double figure) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.9g", figure));
  }

  /** A line as this version has it, of one that may be of an earlier version. */
  static String completed(String line) {
    int missing = COLUMNS.size() - line.split(",", -1).length;
    return missing == COLUMNS.size() - EARLIER ? line + ",".repeat(missing) : line;
  }

  /** A line, or the header, without what later versions added where that says nothing. */
  static String earlier(String line) {
    return line.equals(HEADER) ? EARLIER_HEADER : line.replaceFirst(",+$", "");
  }

  /**
   * Reads {@code metrics.csv}. No lines below the header are no epochs yet. Test figures that are
   * not finite, as older versions left them, are NaN.
   *
   * @throws FormatException if the file is missing, or breaks the format anywhere
   */
  static List<EpochResult> read(Path file) throws FormatException {
    List<String> lines = text(file).lines().toList();
    if (lines.isEmpty()) {
      throw new FormatException(file, "the file is empty");
    }
    if (!lines.get(0).equals(HEADER) && !lines.get(0).equals(EARLIER_HEADER)) {
      throw new FormatException(file, "its first line has to be '" + HEADER + "'");
    }
    boolean earlier = lines.get(0).equals(EARLIER_HEADER);
    List<EpochResult> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      EpochResult row = parse(file, i + 1, earlier ? completed(lines.get(i)) : lines.get(i));
      if (row.epoch() != i) {
        throw new FormatException(
            file, "line " + (i + 1) + ": epoch " + row.epoch() + " where " + i + " is due");
      }
      rows.add(row);
    }
    return List.copyOf(rows);
  }

  /** The whole file. */
  static String text(Path file) throws FormatException {
    return TextFile.read(file, MAX_BYTES, "no run's metrics are");
  }

  /** NaN for what is no finite number. */
  private static double number(String text) {
    try {
      double value = (Double) TextValue.parse(double.class, text);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (IllegalArgumentException e) {
      return Double.NaN;
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
      v[i] = number(fields[i]);
      boolean figure = i >= FIRST_FIGURE && i <= LAST_FIGURE;
      boolean may = i == RECON || i >= EARLIER;
      if ((figure && NOT_FINITE.contains(fields[i])) || (may && fields[i].isEmpty())) {
        continue;
      }
      if (!Double.isFinite(v[i]) || (i == 0 && v[0] != (int) v[0])) {
        String kind = i == 0 ? "a whole number" : "a finite number";
        String found = fields[i].length() > 40 ? fields[i].substring(0, 40) + "…" : fields[i];
        throw new FormatException(
            file, "line " + line + ": " + COLUMNS.get(i) + " is not " + kind + ": '" + found + "'");
      }
    }
    double freeBits = Double.isNaN(v[13]) ? 0 : v[13];
    EpochLoss loss = new EpochLoss(v[1], v[2], v[3], freeBits, v[12], v[14], v[10]);
    return new EpochResult((int) v[0], loss, figures(v, 4), figures(v, 7), v[15], v[11]);
  }

  private static Figures figures(double[] v, int first) {
    return new Figures(v[first], v[first + 1], v[first + 2]);
  }

  /**
   * The lines of a run's finished epochs, and of later ones. The run's checkpoint is sound where
   * this fails, so it says how its weights can be used.
   *
   * @throws FormatException if they are damaged or some are missing
   */
  static List<EpochResult> ofEpochs(Path folder, String file, int epochs, String checkpoint)
      throws FormatException {
    try {
      List<EpochResult> found = read(folder.resolve(file));
      if (found.size() < epochs) {
        throw new FormatException(
            folder.resolve(file),
            "has lines of " + found.size() + " epochs, the checkpoint is of " + epochs);
      }
      return found;
    } catch (FormatException e) {
      throw new FormatException(
          folder,
          "its checkpoint is sound, but its metrics are not ("
              + e.getMessage()
              + "); put a copy of that file back, or begin another run with the weights: train"
              + " --init-from "
              + ShellLine.quoted(folder.resolve(checkpoint)),
          e);
    }
  }
}
