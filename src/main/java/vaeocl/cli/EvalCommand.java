package vaeocl.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.Evaluation;
import vaeocl.api.ImageSet;
import vaeocl.api.Model;
import vaeocl.data.Dataset;
import vaeocl.model.Evidence;
import vaeocl.model.Figures;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** {@code vae-ocl eval}: the figures of a trained model. */
@Command(
    name = "eval",
    description = {
      "Evaluate a model on the test images: MSE, PSNR, SSIM with sampled z and with mean z, and the"
          + " evidence lower bound (ELBO)."
    },
    sortOptions = false)
final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelArgument argument;
  @Mixin private InvertibleData data;
  @Mixin private EvidenceOptions evidence;
  @Mixin private BitsOption bits;
  @Mixin private JsonOption json;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    bits.check();
    evidence.check();
    SavedModel model = argument.load();
    Dataset dataset = argument.dataset(model, data, spec.commandLine().getErr());
    ModelArgument.requireSize(model, dataset.test().rows(), dataset.test().cols());
    Ground.compare(Rows.of(dataset.test()), model, spec.commandLine().getErr());
    List<String> lines = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", argument.file().toString());
    values.put("dataset", dataset.name());
    values.put("images", dataset.test().count());
    lines.add("Model: " + argument.file());
    lines.add("Data: " + dataset.name() + ", " + dataset.test().count() + " test images");
    bits.fit(model, dataset);
    evidence.requireLabels(dataset);
    ImageSet images = new ImageSet(dataset);
    try (Device device = compute.open(model);
        Model opened = Model.of(model, device)) {
      figures(opened.evaluate(images.test()), lines, values);
      evidence.report(opened, images, lines, values);
      bits.report(opened, images, lines, values);
    }
    json.print(spec.commandLine().getOut(), lines, values);
    return Cli.OK;
  }

  private static void figures(Evaluation r, List<String> lines, Map<String, Object> values) {
    put(values, "", r.sampled());
    put(values, "_mean", r.mean());
    Evidence found = r.evidence();
    values.put("recon", found.recon());
    values.put("kl", found.kl());
    values.put("elbo", found.elbo());
    Evidence.put(values, "bits_per_dim", found.bitsPerDim());
    lines.add(TrainReport.figures("sampled z", r.sampled()));
    lines.add(TrainReport.figures("mean z", r.mean()));
    lines.add(
        String.format(
            Locale.ROOT,
            "Recon: %.4f | KL: %.4f | Recon + KL: %.4f | ELBO: %.3f nats%s (%s)",
            found.recon(),
            found.kl(),
            found.recon() + found.kl(),
            found.elbo(),
            Evidence.bitsText(found.bitsPerDim()),
            found.likelihood()));
  }

  private static void put(Map<String, Object> values, String ending, Figures f) {
    values.put("mse" + ending, f.mse());
    values.put("psnr" + ending, f.psnr());
    values.put("ssim" + ending, f.hasSsim() ? f.ssim() : null);
  }
}
