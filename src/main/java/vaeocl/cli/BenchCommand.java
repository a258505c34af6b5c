package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.bench.Bench;
import vaeocl.bench.Spread;
import vaeocl.data.Dataset;
import vaeocl.locality.Locality;
import vaeocl.model.VaeConfig;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.plan.Tiling;

/** {@code vae-ocl bench}: how fast this device is at it. */
@Command(
    name = "bench",
    description =
        "Measure training, evaluation and each product, beside the device's own ceilings."
            + " Leave the machine idle meanwhile.",
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_REPEATS = 1000;

  @Spec private CommandSpec spec;
  @Mixin private InvertibleData data;
  @Mixin private NetOptions net;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private TunedOption tuned;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measurements after a warm-up (${DEFAULT-VALUE}); medians are shown.")
  private int repeats;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "One product alone: fc1, fc4, dH3, dW4 or dW1.")
  private String only;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    if (repeats < 1 || repeats > MOST_REPEATS) {
      throw new UserError("--repeats must be 1 to " + MOST_REPEATS + ", not " + repeats);
    }
    if (json != null) {
      OutputFile.require("--json", json);
    }
    VaeConfig config = net.config(null, null);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ClDevice chosen = device.select();
    Tiling standard = kernels.tiling(chosen.info());
    out.println("Device: " + chosen.info().label() + ", " + standard.label() + " tiling");
    out.flush();
    Dataset dataset = data.load(err);
    NetOptions.requireBatch(config, dataset.train().count());
    Memory.of(chosen.info()).requireTraining(config, dataset, false);
    int pixels = dataset.train().size();
    Tiling tiling = tuned.tiling(standard, chosen, kernels.source(), config, pixels, spec);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("device", chosen.info().name());
    figures.put("driver", chosen.info().driver());
    figures.put("tiling", tiling.label());
    figures.put("dataset", dataset.name());
    try (DeviceBackend backend = new DeviceBackend(chosen, kernels.source(), tiling, Mode.NORMAL)) {
      Bench bench =
          new Bench(backend, Locality.suiting(backend.neighbours()), config, dataset, repeats);
      if (only != null && bench.productNames().stream().noneMatch(p -> p.contains(only))) {
        throw new UserError(
            "--only "
                + only
                + " names no product; there are "
                + String.join(", ", bench.productNames()));
      }
      // Measured before and after: the start of a Java program is a noisy time.
      Ceilings before = bench.ceilings();
      List<Bench.ProductSpeed> products =
          bench.products(only, sentence -> err.println("vae-ocl: " + sentence));
      Optional<Bench.Times> times = only == null ? Optional.of(bench.times()) : Optional.empty();
      Ceilings ceilings = before.max(bench.ceilings());
      figures.put("peak_gflops", ceilings.gflops());
      figures.put("copy_gbps", ceilings.copyGbps());
      out.printf(Locale.ROOT, "Ceilings: %.0f GFLOP/s, ", ceilings.gflops());
      out.printf(Locale.ROOT, "copy %.1f GB/s%n", ceilings.copyGbps());
      products(out, products, ceilings, figures);
      times.ifPresent(t -> times(out, t, dataset, ceilings, figures));
    }
    if (json != null) {
      Json.write(json, figures, err);
    }
    out.flush();
    return Cli.OK;
  }

  private static void products(
      PrintWriter out,
      List<Bench.ProductSpeed> products,
      Ceilings ceilings,
      Map<String, Object> figures) {
    Table table = new Table("product", "shape", ">GFLOP/s", ">min", ">max", ">of peak", ">CLBlast");
    List<Map<String, Object>> list = new ArrayList<>();
    for (Bench.ProductSpeed p : products) {
      Spread s = p.gflops();
      table.row(
          p.product().name(),
          p.product().shape(),
          number("%.0f", s.median()),
          number("%.0f", s.min()),
          number("%.0f", s.max()),
          number("%.0f%%", 100 * s.median() / ceilings.gflops()),
          p.clblast().isPresent() ? number("%.0f", p.clblast().getAsDouble()) : "-");
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", p.product().name());
      entry.put("shape", p.product().shape());
      entry.put("kernel_gflops", s.median());
      entry.put("clblast_gflops", p.clblast().isPresent() ? p.clblast().getAsDouble() : null);
      list.add(entry);
    }
    figures.put("products", list);
    table.lines().forEach(out::println);
    out.println("(dense operands; CLBlast as it ships, untuned for this device)");
    out.flush();
  }

  private static void times(
      PrintWriter out,
      Bench.Times t,
      Dataset data,
      Ceilings ceilings,
      Map<String, Object> figures) {
    double epoch = t.training().median();
    double nominal = t.nominal() / epoch / 1e9;
    double executed = t.executed() / epoch / 1e9;
    Table table = new Table("seconds", ">median", ">min", ">max", ">of training");
    row(table, "training epoch", t.training(), epoch);
    row(table, "evaluation, sampled and mean z", t.evaluation(), epoch);
    row(table, "evaluation, sampled z", t.sampled(), epoch);
    row(table, "MSE, PSNR and SSIM alone", t.similarity(), epoch);
    table.lines().forEach(out::println);
    double images = data.train().count() / epoch;
    out.printf(
        Locale.ROOT,
        "Training on %s: %,.0f images/s, %.0f GFLOP/s nominal, %.0f executed (%.0f%% of peak);"
            + " %.1f%% of pixels are not zero%n",
        data.name(),
        images,
        nominal,
        executed,
        100 * executed / ceilings.gflops(),
        100 * t.dataDensity());
    figures.put("train_epoch_s", epoch);
    figures.put("eval_s", t.evaluation().median());
    figures.put("eval_sampled_s", t.sampled().median());
    figures.put("ssim_s", t.similarity().median());
    figures.put("images_per_s", images);
    figures.put("gflops_nominal", nominal);
    figures.put("gflops_executed", executed);
    figures.put("peak_share", executed / ceilings.gflops());
    figures.put("data_density", t.dataDensity());
  }

  private static void row(Table table, String name, Spread s, double epoch) {
    table.row(
        name,
        number("%.4f", s.median()),
        number("%.4f", s.min()),
        number("%.4f", s.max()),
        number("%.1f%%", 100 * s.median() / epoch));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
