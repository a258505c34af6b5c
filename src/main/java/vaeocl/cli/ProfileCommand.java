package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.bench.Profile;
import vaeocl.bench.Trace;
import vaeocl.data.Dataset;
import vaeocl.locality.Locality;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Op;

/** {@code vae-ocl profile}: where the time of a training step goes. */
@Command(
    name = "profile",
    description = "Train some hundred steps and show how long each kernel takes.",
    sortOptions = false)
final class ProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InvertibleData data;
  @Mixin private NetOptions net;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private TunedOption tuned;
  @Mixin private FuseOption fusions;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "Training steps (${DEFAULT-VALUE}), at most one epoch.")
  private int steps;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Write every launch, or each thread's part of it, in Chrome's trace format, for"
              + " ui.perfetto.dev.")
  private Path trace;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    if (steps < 1) {
      throw new UserError("--steps must be at least 1, not " + steps);
    }
    if (trace != null) {
      OutputFile.require("--trace", trace);
    }
    if (json != null) {
      OutputFile.require("--json", json);
    }
    VaeConfig config = net.config(null, null);
    PrintWriter out = spec.commandLine().getOut();
    ClDevice chosen = device.select();
    Tiling standard = kernels.tiling(chosen.info());
    out.println("Device: " + chosen.info().label() + ", " + standard.label() + " tiling");
    out.flush();
    Dataset dataset = data.load(spec.commandLine().getErr());
    NetOptions.requireBatch(config, dataset.train().count());
    Memory.of(chosen.info()).requireTraining(config, dataset, false);
    int batches = dataset.train().count() / config.batchSize();
    int pixels = dataset.train().size();
    Tiling tiling = tuned.tiling(standard, chosen, kernels.source(), config, pixels, spec);
    try (DeviceBackend plain = open(chosen, tiling, Mode.NORMAL);
        DeviceBackend recording = open(chosen, tiling, Mode.PROFILED)) {
      Ceilings before = Ceilings.measure(plain);
      Profile profile =
          Profile.of(
              recording,
              plain,
              Locality.suiting(plain.neighbours()),
              config,
              dataset,
              Math.min(steps, batches));
      Ceilings ceilings = before.max(Ceilings.measure(plain));
      print(out, profile, ceilings);
      if (json != null) {
        Map<String, Object> figures = figures(chosen, tiling, profile, ceilings);
        Json.write(json, figures, spec.commandLine().getErr());
      }
      boolean useful = profile.source() != Profile.Source.WAITING;
      if (trace != null && useful) {
        OutputFile.write(trace, s -> Trace.write(s, chosen.info().name(), profile.times()));
        out.println("Trace: " + trace);
      } else if (trace != null) {
        throw new RunFailure("no trace: this driver's event times are of no use", null);
      }
    }
    out.flush();
    return Cli.OK;
  }

  private DeviceBackend open(ClDevice chosen, Tiling tiling, Mode mode) {
    return new DeviceBackend(chosen, kernels.source(), tiling, mode, fusions.fuse());
  }

  private static void print(PrintWriter out, Profile p, Ceilings ceilings) {
    Table table =
        new Table(
            "kernel",
            ">groups",
            ">calls",
            ">total ms",
            ">mean us",
            ">waited us",
            ">share",
            ">GFLOP/s",
            ">GB/s",
            ">of ceiling",
            "covers");
    boolean within = p.source() == Profile.Source.WITHIN;
    for (Profile.Row r : p.rows()) {
      String bound = r.boundByMemory(ceilings) ? "memory" : "arithmetic";
      table.row(
          r.launch().kernel(),
          Long.toString(r.launch().groups()),
          Integer.toString(r.calls()),
          number("%.1f", r.nanos() / 1e6),
          number("%.1f", r.nanos() / 1e3 / r.calls()),
          within ? number("%.1f", r.waited() / 1e3 / r.calls()) : "-",
          number("%.1f%%", 100 * r.nanos() / 1e9 / p.deviceSeconds()),
          number("%.1f", r.gflops()),
          number("%.1f", r.gbps()),
          number("%.0f%% ", 100 * r.share(ceilings)) + bound,
          String.join(" + ", r.launch().covers().stream().map(ProfileCommand::describe).toList()));
    }
    table.lines().forEach(out::println);
    double perStep = 1e6 / p.steps();
    double beside = p.wallSeconds() - p.deviceSeconds() - p.waitedSeconds();
    out.printf(
        Locale.ROOT,
        "A step: %.0f us without recording, %.0f us with; kernels %.0f us, %s, and %.0f us beside"
            + " them%n",
        p.plainSeconds() * perStep,
        p.wallSeconds() * perStep,
        p.deviceSeconds() * perStep,
        within
            ? number("threads' waiting for each other %.0f us", p.waitedSeconds() * perStep)
            : "in " + p.launches() + " launches",
        Math.max(0, beside) * perStep);
    if (within) {
      out.printf(
          Locale.ROOT,
          "One launch does them all, on %d threads: times are by the processor's clock, of a thread"
              + " on the average.%n",
          p.threads());
    }
    out.printf(
        Locale.ROOT,
        "Ceilings: %.0f GFLOP/s, copy %.1f GB/s. Work on zeros that is skipped does not count;%n"
            + "GB/s count all that an operation touches, as if nothing were skipped.%n",
        ceilings.gflops(),
        ceilings.copyGbps());
    if (p.rows().stream().anyMatch(r -> r.cached(ceilings))) {
      out.println("More GB/s than copying reaches come from caches, which have no ceiling here.");
    }
    if (p.source() == Profile.Source.WAITING) {
      out.println(
          "This driver's event times cannot be true: each launch was waited for instead, by the"
              + " host's clock.");
    }
  }

  private static Map<String, Object> figures(
      ClDevice device, Tiling tiling, Profile p, Ceilings ceilings) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("device", device.info().name());
    figures.put("driver", device.info().driver());
    figures.put("platform", device.info().platform());
    figures.put("tiling", tiling.label());
    figures.put("steps", p.steps());
    boolean one = p.source() == Profile.Source.WITHIN;
    figures.put("launches_per_step", one ? 1 : p.launches());
    figures.put("step_us", 1e6 * p.plainSeconds() / p.steps());
    figures.put("kernels_us", 1e6 * p.deviceSeconds() / p.steps());
    figures.put("launch_gap_us", p.gapMicros());
    figures.put("peak_gflops", ceilings.gflops());
    figures.put("copy_gbps", ceilings.copyGbps());
    List<Map<String, Object>> kernels = new ArrayList<>();
    for (Profile.Row r : p.rows()) {
      Map<String, Object> kernel = new LinkedHashMap<>();
      kernel.put("kernel", r.launch().kernel());
      kernel.put("work_groups", r.launch().groups());
      kernel.put("covers", r.launch().covers().stream().map(ProfileCommand::describe).toList());
      kernel.put("us", r.nanos() / 1e3 / r.calls());
      kernel.put("gflops", r.gflops());
      kernel.put("gbps", r.gbps());
      kernel.put("ceiling_share", r.share(ceilings));
      kernel.put("bound", r.boundByMemory(ceilings) ? "memory" : "arithmetic");
      kernels.add(kernel);
    }
    figures.put("kernels", kernels);
    return figures;
  }

  private static String describe(Op op) {
    return op.name() + " " + op.writes().get(0).name();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
