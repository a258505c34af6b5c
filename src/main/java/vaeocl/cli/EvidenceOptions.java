package vaeocl.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;
import vaeocl.api.Codes;
import vaeocl.api.ImageSet;
import vaeocl.api.Images;
import vaeocl.api.Model;
import vaeocl.data.Dataset;
import vaeocl.model.Evidence;
import vaeocl.model.LatentUse;
import vaeocl.model.Neighbours;
import vaeocl.train.ImportanceSampler;

/** What {@code eval} says of the latent space, and of ln p(x) where it is asked to sample. */
final class EvidenceOptions {
  private static final int NEIGHBOURS = 10;

  @Option(
      names = "--iwae-samples",
      paramLabel = "K",
      description =
          "Also estimate ln p(x) by K weighed samples of every test image (papers take 5000).")
  private Integer samples;

  @Option(
      names = "--knn",
      description =
          "Also classify the test images by the 10 nearest training images, by mu, and report the"
              + " accuracy.")
  private boolean knn;

  /**
   * @throws UserError if a number is out of range
   */
  void check() {
    if (samples != null && (samples < 1 || samples > 1_000_000)) {
      throw new UserError("--iwae-samples takes a number from 1 to 1000000, not " + samples);
    }
  }

  /**
   * @throws UserError if there are no labels to compare with
   */
  void requireLabels(Dataset data) {
    if (knn && (data.trainLabels() == null || data.testLabels() == null)) {
      throw new UserError("--knn needs labels, which these images do not have");
    }
  }

  /** Adds what was found. */
  void report(Model model, ImageSet images, List<String> lines, Map<String, Object> values) {
    int latent = model.latent();
    Codes codes = model.encode(model.asEvaluated(images.test()));
    LatentUse use = codes.use();
    values.put("active_units", use.active());
    for (int d = 0; d < latent; d++) {
      values.put("kl_z" + (d + 1), use.kl()[d]);
    }
    lines.add("Active units: " + use.active() + " of " + latent);
    lines.add("KL by dimension:" + use.text());
    use.collapse().ifPresent(lines::add);
    if (knn) {
      Dataset data = images.dataset();
      float[] known = model.encode(images.train()).mu();
      double accuracy =
          Neighbours.accuracy(
              known, data.trainLabels(), codes.mu(), data.testLabels(), latent, NEIGHBOURS);
      values.put("knn_accuracy", accuracy);
      lines.add(String.format(Locale.ROOT, "Accuracy of 10 neighbours: %.4f", accuracy));
    }
    if (samples != null) {
      weigh(model, images.test(), lines, values);
    }
  }

  private void weigh(Model model, Images test, List<String> lines, Map<String, Object> values) {
    ImportanceSampler.Result r;
    try (Progress progress = new Progress("ln p(x)", " rounds", StandardStream.err())) {
      r = model.logLikelihood(test, samples, progress);
    }
    boolean binary = model.asEvaluated(test).levels().binary();
    int pixels = test.height() * test.width();
    double bits =
        Evidence.bits(model.saved().config().likelihood(), r.logLikelihood(), pixels, binary);
    values.put("iw_log_likelihood", r.logLikelihood());
    values.put("iw_standard_error", r.standardError());
    values.put("iw_samples", samples);
    Evidence.put(values, "iw_bits_per_dim", bits);
    lines.add(
        String.format(
            Locale.ROOT,
            "ln p(x): %.4f ± %.4f nats by %d weighed samples of each image%s",
            r.logLikelihood(),
            r.standardError(),
            samples,
            Evidence.bitsText(bits)));
  }
}
