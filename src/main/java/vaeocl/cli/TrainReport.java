package vaeocl.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;
import vaeocl.train.Training;

/** Prints a training run: a line an epoch, a bar within it where somebody watches. */
final class TrainReport implements Training.Listener, AutoCloseable {
  private final PrintWriter out;
  private final PrintStream err;
  private final int epochs;
  private final String suffix;
  private Progress bar;
  private int steps;

  /**
   * @param dataset named behind every result where it is not MNIST, whose figures people know
   */
  TrainReport(PrintWriter out, PrintStream err, int epochs, String dataset) {
    this.out = out;
    this.err = err;
    this.epochs = epochs;
    this.suffix = dataset.equals("mnist") ? "" : " | " + dataset;
  }

  @Override
  public void begin(int epoch, int all) {
    bar = new Progress("Epoch " + epoch + "/" + epochs, " steps", err);
    steps = all;
  }

  @Override
  public void step(int done) {
    if (bar != null) {
      bar.tick(done, steps);
    }
  }

  @Override
  public void end(EpochResult r) {
    endEpoch();
    out.printf(
        Locale.ROOT,
        "Epoch [%d/%d] | Loss: %.4f | PSNR: %.3f | SSIM: %s%s | KL: %.4f%s | %.1f s%s%n",
        r.epoch(),
        epochs,
        r.training().loss(),
        r.sampled().psnr(),
        r.sampled().ssimText(3),
        cell("Recon", r.training().recon()),
        r.training().kl(),
        cell("Validation", r.validation()),
        r.training().seconds(),
        suffix);
    out.flush();
  }

  /** A figure where there is one. */
  private static String cell(String name, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, " | %s: %.4f", name, value);
  }

  /** The closing evaluation. */
  void closing(List<EpochResult> results) {
    EpochResult last = results.get(results.size() - 1);
    double average = results.stream().mapToDouble(r -> r.training().loss()).average().orElseThrow();
    out.println("Final Evaluation");
    out.printf(Locale.ROOT, "Average Training Loss: %.4f%s%n", average, suffix);
    out.println("Final " + figures("sampled z", last.sampled()) + suffix);
    out.println("Final " + figures("mean z", last.mean()) + suffix);
    out.flush();
  }

  /** A line of figures. */
  static String figures(String z, Figures f) {
    return String.format(
        Locale.ROOT, "MSE: %.5f | PSNR: %.3f | SSIM: %s | %s", f.mse(), f.psnr(), f.ssimText(3), z);
  }

  @Override
  public void close() {
    endEpoch();
  }

  /** Takes the bar away. */
  void endEpoch() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
