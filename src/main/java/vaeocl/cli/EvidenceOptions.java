package vaeocl.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.model.Codec;
import vaeocl.model.Evidence;
import vaeocl.model.LatentUse;
import vaeocl.model.Neighbours;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.opencl.DeviceBackend;
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

  /** Adds what was found; the backend holds the model's weights. */
  void report(
      DeviceBackend backend,
      SavedModel model,
      Dataset data,
      Images test,
      boolean binary,
      List<String> lines,
      Map<String, Object> values) {
    int latent = model.config().latent();
    try (Codec codec = new Codec(backend, model)) {
      float[] codes = codec.encode(Rows.of(test));
      float[] mu = Codec.mu(codes, latent);
      LatentUse use = LatentUse.of(mu, Codec.logvar(codes, latent), latent);
      values.put("active_units", use.active());
      for (int d = 0; d < latent; d++) {
        values.put("kl_z" + (d + 1), use.kl()[d]);
      }
      lines.add("Active units: " + use.active() + " of " + latent);
      lines.add("KL by dimension:" + use.text());
      use.collapse().ifPresent(lines::add);
      if (knn) {
        float[] known = Codec.mu(codec.encode(Rows.of(data.train())), latent);
        double accuracy =
            Neighbours.accuracy(
                known, data.trainLabels(), mu, data.testLabels(), latent, NEIGHBOURS);
        values.put("knn_accuracy", accuracy);
        lines.add(String.format(Locale.ROOT, "Accuracy of 10 neighbours: %.4f", accuracy));
      }
    }
    if (samples != null) {
      weigh(backend, model, test, binary, lines, values);
    }
  }

  private void weigh(
      DeviceBackend backend,
      SavedModel model,
      Images test,
      boolean binary,
      List<String> lines,
      Map<String, Object> values) {
    ImportanceSampler.Result r;
    try (ImportanceSampler sampler = new ImportanceSampler(backend, model, test, samples);
        Progress progress = new Progress("ln p(x)", " rounds", StandardStream.err())) {
      r = sampler.estimate(progress);
    }
    double bits =
        Evidence.bits(model.config().likelihood(), r.logLikelihood(), test.size(), binary);
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
