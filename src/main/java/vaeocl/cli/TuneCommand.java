package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.data.Dataset;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Linear;
import vaeocl.tune.Child;
import vaeocl.tune.Conditions;
import vaeocl.tune.Laboratory;
import vaeocl.tune.RejectedException;
import vaeocl.tune.Search;
import vaeocl.tune.TunedTilings;
import vaeocl.tune.Worker;

/** {@code vae-ocl tune}: a faster tiling for a device. */
@Command(
    name = "tune",
    description =
        "Search for the tiling that trains fastest on this device, and keep it for trainings of"
            + " this net. Nothing needs it. Leave the machine idle meanwhile.",
    sortOptions = false)
final class TuneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private NetOptions net;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;

  @Option(
      names = "--give-up",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long a tiling may take to be built, checked or timed (${DEFAULT-VALUE}), or three times"
              + " as long as the default one.")
  private int giveUp;

  @Option(
      names = "--worker",
      hidden = true,
      description = "Answer the questions of a search, in a process that it may end.")
  private boolean answers;

  @Override
  public Integer call() throws IOException {
    if (giveUp < 1) {
      throw new UserError("--give-up must be at least 1, not " + giveUp);
    }
    VaeConfig config = net.config(null, null);
    ClDevice chosen = device.select();
    Tiling standard = kernels.tiling(chosen.info());
    Tilings kind = Tilings.of(standard.label());
    if (kind.others(chosen.info(), standard, 0).isEmpty()) {
      throw new UserError("there is nothing to tune in the " + standard.label() + " tiling");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!answers) {
      out.println("Device: " + chosen.info().label() + ", " + standard.label() + " tiling");
      out.flush();
    }
    Dataset dataset = data.load(spec.commandLine().getErr());
    NetOptions.requireBatch(config, dataset.train().count());
    Memory.of(chosen.info()).requireTraining(config, dataset, false);
    if (answers) {
      Laboratory trials =
          new Laboratory(chosen, kernels.source(), standard, config, dataset.train());
      Worker.serve(System.in, out, trials, kind);
      return Cli.OK;
    }
    TunedTilings folder =
        TunedOption.folder()
            .orElseThrow(() -> new UserError("there is no folder to keep it in: set HOME"));
    OutputFile.requireFolder("the cache", folder.folder());
    Conditions conditions =
        Conditions.of(chosen, kernels.source(), kind, config, dataset.train().size());
    Search.Found found;
    List<String> worker =
        new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    worker.add("--worker");
    try (Child child = new Child(SameProgram.command(worker))) {
      Search search = new Search(standard, child, Duration.ofSeconds(giveUp), this::say);
      long largest = largestProduct(new Vae(dataset.train().size(), config));
      List<Tiling> others = kind.others(chosen.info(), standard, largest);
      found = search.run(others, best -> kind.otherwiseCompiled(chosen, best));
    } catch (RejectedException e) {
      throw new RunFailure("the default tiling " + e.getMessage() + "; see 'check'", e);
    }
    boolean better = !found.tiling().sizes().equals(standard.sizes());
    double less = 100 * (1 - found.timing().ratio());
    say(
        better
            ? String.format(
                Locale.ROOT, "Found: %s, %.1f%% less time", Search.describe(found.tiling()), less)
            : "The default stays: none is faster by more than noise");
    say("Kept: " + folder.keep(conditions, found));
    return Cli.OK;
  }

  /** Elements of the largest matrix that a step makes: of activations or of a gradient. */
  private static long largestProduct(Vae vae) {
    long largest = 0;
    for (Linear layer : vae.layers()) {
      long across = Math.max(layer.in(), layer.out());
      long down = Math.max(vae.config().batchSize(), Math.min(layer.in(), layer.out()));
      largest = Math.max(largest, across * down);
    }
    return largest;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
