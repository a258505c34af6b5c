package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vaeocl.api.DeviceSetup;
import vaeocl.check.SelfTest;
import vaeocl.data.Dataset;
import vaeocl.locality.Locality;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.train.Evaluator;
import vaeocl.train.Trainer;

/** {@code vae-ocl self-test}: what every run tries out first, and how long that takes. */
@Command(
    name = "self-test",
    description =
        "Try out each kernel of a training and its evaluation once, at their shapes, as every run"
            + " does before it begins.",
    sortOptions = false)
final class SelfTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InvertibleData data;
  @Mixin private NetOptions net;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private TunedOption tuned;

  @Override
  public Integer call() throws IOException {
    VaeConfig config = net.config(null, null);
    PrintWriter out = spec.commandLine().getOut();
    DeviceSetup standard = kernels.of(device.select());
    out.println(
        "Device: " + standard.info().label() + ", " + standard.tiling().label() + " tiling");
    out.flush();
    Dataset dataset = data.load(spec.commandLine().getErr());
    NetOptions.requireBatch(config, dataset.train().count());
    Memory.of(standard.info()).requireTraining(config, dataset, false);
    Vae vae = new Vae(dataset.train().size(), config);
    DeviceSetup setup = tuned.of(standard, config, vae.pixels(), spec);
    seconds(setup, vae, dataset, true); // and everything is compiled
    double without = seconds(setup, vae, dataset, false);
    double with = seconds(setup, vae, dataset, true);
    out.printf(
        Locale.ROOT,
        "Training and evaluation are right. Until they can begin takes %.2f s, %.2f s without the"
            + " test%n",
        with,
        without);
    out.flush();
    return Cli.OK;
  }

  /** How long it takes until both could begin. */
  private static double seconds(DeviceSetup on, Vae vae, Dataset dataset, boolean tested) {
    long start = System.nanoTime();
    try (DeviceBackend backend =
        new DeviceBackend(on.device(), on.kernels(), on.tiling(), Mode.NORMAL)) {
      if (tested) {
        String remedy = SelfTestOption.remedy(on, false);
        backend.checkPlans(new SelfTest(backend, new HashSet<>(), remedy));
      }
      Locality locality = Locality.suiting(backend.neighbours());
      try (Trainer trainer = new Trainer(backend, locality, vae, dataset.train());
          Evaluator evaluator = new Evaluator(backend, locality, vae, dataset.test())) {
        trainer.warmUp();
        evaluator.warmUp();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
