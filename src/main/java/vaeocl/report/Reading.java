package vaeocl.report;

import java.util.Locale;
import java.util.Map;
import vaeocl.model.Figures;

/** A line beside each figure that is easy to misread. */
final class Reading {
  /** By chart. */
  private static final Map<String, String> CHARTS =
      Map.of(
          "loss",
          "Per image: reconstruction + beta·KL. Losses of different likelihoods cannot be"
              + " compared.",
          "kl",
          "Nats per image, 1 nat = 1/ln 2 = 1.443 bits: how much q(z|x) says of an image that the"
              + " prior does not.",
          "psnr",
          "The mean of the images' own PSNRs, not the PSNR of the mean squared error.",
          "ssim",
          "The mean over images; 1 is a perfect copy.",
          "dimensions",
          "Nats, a mean over the test set. A dimension near 0 says nothing of the image.");

  private Reading() {}

  /** What to know of a chart. */
  static String chart(String id) {
    return CHARTS.get(id);
  }

  /** What to know of the figures at the top, with the run's own numbers. */
  static String headline(Figures sampled) {
    String ofMean =
        sampled.mse() > 0
            ? String.format(Locale.ROOT, " (which is %.3f dB)", -10 * Math.log10(sampled.mse()))
            : "";
    return "PSNR is the mean of the images' own, not that of the mean squared error"
        + ofMean
        + ". Sampled z is drawn from q(z|x), as the loss has it; z = mu is its mean, whose"
        + " reconstructions are nearer.";
  }
}
