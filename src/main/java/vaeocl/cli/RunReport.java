package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import vaeocl.api.Codes;
import vaeocl.api.Images;
import vaeocl.api.Model;
import vaeocl.data.Dataset;
import vaeocl.formats.FormatException;
import vaeocl.model.EpochResult;
import vaeocl.model.Rows;
import vaeocl.report.Report;
import vaeocl.report.RunData;
import vaeocl.train.RunFolder;

/** The pictures and the page of a run, from what its folder holds and a device computes. */
final class RunReport {
  private final Path target;
  private final List<String> notices = new ArrayList<>();
  private RunData data;

  /**
   * Reads what the run's folder holds.
   *
   * @param target folder to write into
   */
  RunReport(RunFolder run, Path target) {
    this.target = target;
    List<EpochResult> epochs = List.of();
    try {
      epochs = run.metrics();
    } catch (FormatException e) {
      notices.add(e.getMessage());
    }
    data = RunData.read(run.path(), epochs, notices);
    int last = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch();
    try {
      // A frame is written before its epoch is finished for good.
      data = data.withFilm(run.film().map(film -> film.upTo(last)).orElse(null));
    } catch (FormatException e) {
      notices.add("no film: " + e.getMessage());
    }
  }

  /**
   * Keeps a new run from writing over what is no run's.
   *
   * @throws UserError if a folder without a run holds a file of a report's name
   */
  static void refuseStrangers(Path folder) {
    boolean run = Files.exists(folder.resolve("config.json"));
    Report.FILES.stream()
        .filter(name -> !run && Files.exists(folder.resolve(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UserError(
                  "--out "
                      + folder
                      + " holds "
                      + name
                      + ", which the report would replace; name another folder");
            });
  }

  /** Something else is missing. */
  void miss(String notice) {
    notices.add(notice);
  }

  /** Shows these test images. */
  void test(Dataset dataset) {
    data = data.withTest(dataset.test(), dataset.testLabels());
  }

  /** Writes everything, without a device. */
  void write(PrintWriter out, PrintWriter err) throws IOException {
    write(data, out, err);
  }

  private void write(RunData shown, PrintWriter out, PrintWriter err) throws IOException {
    notices.addAll(Report.write(target, shown));
    new LinkedHashSet<>(notices).forEach(n -> err.println("vae-ocl: warning: " + n));
    err.flush();
    out.println("Report: " + target.resolve("report.html"));
    out.flush();
  }

  /** Writes everything; the device encodes and decodes. */
  void write(Model model, PrintWriter out, PrintWriter err) throws IOException {
    RunData coded = data.withDecoder((z, count) -> model.decode(z).pixels());
    boolean fits = data.test() != null && data.test().size() == model.saved().vae().pixels();
    if (fits) {
      Codes codes = model.encode(Images.of(Rows.of(data.test()), model.saved()));
      coded = coded.withEncoded(codes.mu(), codes.logvar());
    } else if (data.test() != null) {
      miss("the test images are not of the model's size: name the run's with --data");
    }
    write(coded, out, err);
  }
}
