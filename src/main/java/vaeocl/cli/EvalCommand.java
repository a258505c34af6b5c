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
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.model.Evidence;
import vaeocl.model.Figures;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Likelihood;
import vaeocl.train.Evaluator;
import vaeocl.train.LossEvaluator;
import vaeocl.train.Parts;

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
    Images test = Parts.test(dataset, model.config());
    boolean binary = test.binary();
    try (DeviceBackend backend = compute.open(model)) {
      figures(backend, model, test, binary, lines, values);
      evidence.report(backend, model, dataset, test, binary, lines, values);
      bits.report(backend, model, dataset, lines, values);
    }
    json.print(spec.commandLine().getOut(), lines, values);
    return Cli.OK;
  }

  private static void figures(
      DeviceBackend backend,
      SavedModel model,
      Images test,
      boolean binary,
      List<String> lines,
      Map<String, Object> values) {
    Vae vae = model.vae();
    Evaluator.Result r;
    try (Evaluator evaluator = new Evaluator(backend, Localities.of(backend), vae, test)) {
      Weights.write(backend, vae, model.weights());
      r = evaluator.evaluate();
    }
    Overflow.refuse(r);
    put(values, "", r.sampled());
    put(values, "_mean", r.mean());
    Evidence found = Evidence.of(model, error(backend, vae, test, r), r.kl(), binary);
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

  /** The likelihood's loss of an image; a squared error is known from the figures. */
  private static double error(DeviceBackend backend, Vae vae, Images test, Evaluator.Result r) {
    if (vae.config().likelihood().code() == Likelihood.MSE.code()) {
      return r.sampled().mse() * vae.pixels();
    }
    try (LossEvaluator losses = new LossEvaluator(backend, vae, test, "tested")) {
      return losses.evaluate().error();
    }
  }

  private static void put(Map<String, Object> values, String ending, Figures f) {
    values.put("mse" + ending, f.mse());
    values.put("psnr" + ending, f.psnr());
    values.put("ssim" + ending, f.hasSsim() ? f.ssim() : null);
  }
}
