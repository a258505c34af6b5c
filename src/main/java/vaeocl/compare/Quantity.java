package vaeocl.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a run: a column of every table.
 *
 * @param key in compare.csv
 * @param title for people
 * @param digits behind the point
 * @param brief whether a narrow table has it too
 */
public record Quantity(
    String key, String title, int digits, boolean brief, ToDoubleFunction<ComparedRun> value) {
  /** All of them, in the order of the tables. */
  public static final List<Quantity> ALL =
      List.of(
          new Quantity(
              "validation_negative_elbo",
              "−ELBO, validation",
              3,
              true,
              r -> r.validation().negativeElbo()),
          new Quantity("test_negative_elbo", "−ELBO, test", 3, true, r -> r.test().negativeElbo()),
          new Quantity("test_bits_per_dim", "bits a pixel", 4, false, r -> r.test().bits()),
          new Quantity("test_recon", "recon", 3, true, r -> r.test().recon()),
          new Quantity("test_kl", "KL", 3, true, r -> r.test().kl()),
          new Quantity("psnr", "PSNR", 3, true, r -> r.chosen().sampled().psnr()),
          new Quantity("ssim", "SSIM", 4, true, r -> r.chosen().sampled().ssim()),
          new Quantity("psnr_mean", "PSNR, z = mu", 3, false, r -> r.chosen().mean().psnr()),
          new Quantity("ssim_mean", "SSIM, z = mu", 4, false, r -> r.chosen().mean().ssim()),
          new Quantity("train_loss", "training loss", 3, false, r -> r.chosen().training().loss()),
          new Quantity("seconds", "seconds", 1, false, ComparedRun::seconds));

  /** The figure of a run as text. */
  public String text(ComparedRun run) {
    return text(value.applyAsDouble(run));
  }

  /** A figure of this kind as text; a dash where there is none. */
  public String text(double figure) {
    return Double.isFinite(figure) ? String.format(Locale.ROOT, "%." + digits + "f", figure) : "–";
  }

  /** Whether any run has it. */
  public boolean in(List<ComparedRun> runs) {
    return runs.stream().anyMatch(run -> Double.isFinite(value.applyAsDouble(run)));
  }
}
