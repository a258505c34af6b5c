package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.model.Preset;
import vaeocl.model.Publication;
import vaeocl.model.TextValue;

/** {@code vae-ocl reproduce}: published settings, trained and evaluated. */
@Command(
    name = "reproduce",
    description = {
      "Train published settings, evaluate them, and print what came of it beside what was"
          + " published. Each training has a folder of its own below --out; started again, the same"
          + " command goes on with what is there."
    },
    sortOptions = false)
@SuppressWarnings("UnusedVariable") // options that are handed on as they were given
final class ReproduceCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 1000;
  private static final List<String> IMAGES =
      List.of("--data", "--dataset", "--key", "--size", "--test-share", "--invert");
  private static final List<String> DEVICE = List.of("--device", SelfTestOption.NAME);
  private static final List<String> KERNELS = List.of("--tiling", "--kernels");
  private static final List<String> TUNED = List.of("--untuned");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PRESET",
      description = "Which: notebook, pytorch-example, bits-back, iwae-paper (all of them).")
  private List<String> presets = List.of(); // as text: a wrong one is to be named

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of each training (10 of pytorch-example, 20 of the others).")
  private Integer epochs;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Train with the seeds 1 to N, and print means and standard deviations (${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/reproduce",
      description = "Folder of the trainings' folders (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--json",
      description = "Print one flat JSON object for each figure, a line each, instead of text.")
  private boolean json;

  @Mixin private InvertibleData data;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private TunedOption tuned;
  @Mixin private SelfTestOption selfTest;

  @Override
  public Integer call() throws IOException {
    if (epochs != null && epochs < 1) {
      throw new UserError("--epochs must be at least 1, not " + epochs);
    }
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new UserError("--seeds takes a number from 1 to " + MOST_SEEDS + ", not " + seeds);
    }
    OutputFile.requireFolder("--out", out);
    List<List<Reproduction>> plan = plan();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter lines = json ? err : spec.commandLine().getOut();
    print(plan, lines, err);
    Reproduction.Options options =
        new Reproduction.Options(
            GivenOptions.of(spec, IMAGES),
            GivenOptions.of(spec, DEVICE),
            GivenOptions.of(spec, KERNELS),
            GivenOptions.of(spec, TUNED));
    ReproducedFigures figures = new ReproducedFigures();
    for (List<Reproduction> setting : plan) {
      List<Reproduction.Outcome> outcomes = new ArrayList<>();
      for (Reproduction training : setting) {
        lines.println();
        say(lines, training.title());
        int status = training.train(options, lines, err);
        if (status != Cli.OK) {
          return status;
        }
        outcomes.add(training.evaluate(options, err));
      }
      Reproduction any = setting.get(0);
      figures.add(any.preset(), any.publication(), any.epochs(), outcomes);
    }
    lines.println();
    if (json) {
      figures.printJson(spec.commandLine().getOut(), err);
    } else {
      figures.print(spec.commandLine().getOut());
    }
    return Cli.OK;
  }

  /** All trainings, those of a setting together. */
  private List<List<Reproduction>> plan() {
    List<List<Reproduction>> plan = new ArrayList<>();
    Set<Preset> chosen =
        presets.isEmpty()
            ? EnumSet.allOf(Preset.class)
            : presets.stream()
                .map(ReproduceCommand::preset)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    for (Preset preset : chosen) {
      int budget = epochs == null ? preset.epochs() : epochs;
      for (Publication publication : preset.publications()) {
        List<Reproduction> setting = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
          setting.add(Reproduction.of(preset, publication, seed, budget, out));
        }
        plan.add(setting);
      }
    }
    return plan;
  }

  private static Preset preset(String name) {
    try {
      return (Preset) TextValue.parse(Preset.class, name);
    } catch (IllegalArgumentException e) {
      throw new UserError("PRESET: " + e.getMessage(), e);
    }
  }

  /** Says what is to be done, and finds out whether it can be. */
  private void print(List<List<Reproduction>> plan, PrintWriter lines, PrintWriter err)
      throws IOException {
    Table table = new Table("Training", ">Epochs", ">Done", ">Work", "Folder");
    for (List<Reproduction> setting : plan) {
      for (Reproduction r : setting) {
        double work = Workload.of(r.config(), r.epochs(), r.publication().samples());
        table.row(
            r.title(),
            Integer.toString(r.epochs()),
            Integer.toString(r.done(data, err)),
            String.format(Locale.ROOT, "%.1f", work),
            r.folder().toString());
      }
    }
    table.lines().forEach(lines::println);
    say(lines, "Work: operations in all, 1 being those of 'train' as it is by default");
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
