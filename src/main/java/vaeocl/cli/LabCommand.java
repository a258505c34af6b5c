package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.compare.Candidate;
import vaeocl.formats.ShellLine;
import vaeocl.formats.TextFile;
import vaeocl.lab.Lab;
import vaeocl.sweep.Axis;
import vaeocl.sweep.Plan;
import vaeocl.sweep.Task;

/** {@code vae-ocl lab}: prepared experiments, a page each. */
@Command(
    name = "lab",
    description = {
      "Do a prepared experiment of several trainings and explain what came out, in a page that"
          + " needs no network. Without a name: say which there are. The same command goes on with"
          + " one that was stopped."
    },
    sortOptions = false)
final class LabCommand implements Callable<Integer> {
  private static final Path LABS = Path.of("labs");

  /** Options of 'train' that a lab takes besides those for images and device. */
  private static final Set<String> TAKEN = Set.of("--epochs", "--seed");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Which: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Titles.class)
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the trainings and the page (labs/NAME).")
  private Path out;

  @Mixin private final InvertibleData data = new InvertibleData();
  @Mixin private ComputeOptions compute;

  /** The names, for help and completion. */
  static final class Titles implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Lab.titles().iterator();
    }
  }

  /** Called by picocli with the command that this object is. */
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void addTo(CommandSpec command) {
    for (OptionSpec train : TrainOptions.all()) {
      if (TAKEN.contains(train.longestName())) {
        command.addOption(
            OptionSpec.builder(train.names())
                .paramLabel(train.paramLabel())
                .description(train.description())
                .type(String.class)
                .build());
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Axis> given = given();
    if (name == null) {
      if (out != null || !given.isEmpty()) {
        throw new UserError("which lab? There are: " + String.join(", ", Lab.titles()));
      }
      Table table = new Table("lab", "what it trains and shows");
      for (Lab lab : Lab.values()) {
        table.row(lab.title(), lab.summary());
      }
      table.lines().forEach(this::say);
      return Cli.OK;
    }
    Lab lab = Lab.of(name).orElseThrow(() -> unknown(name));
    Path folder = out == null ? LABS.resolve(lab.title()) : out;
    OutputFile.requireFolder("--out", folder);
    Plan plan = lab.plan(given);
    for (Task task : plan.tasks()) {
      TrainOptions.parse(task.options(), SweepRunner.SILENT, SweepRunner.SILENT);
    }
    if (Plan.in(folder) && !Plan.read(folder).equals(plan)) {
      throw new UserError(
          "%s holds a lab with other options; give the same, or name another folder with --out"
              .formatted(folder));
    }
    Files.createDirectories(folder);
    plan.write(folder);
    try (OpenDevices devices = new OpenDevices()) {
      LoadedImages images = new LoadedImages();
      data.from(images);
      SweepRunner runner =
          new SweepRunner(
              plan, folder, again(), spec.commandLine().getOut(), spec.commandLine().getErr());
      int status = runner.all(images, devices);
      if (status != Cli.OK) {
        return status;
      }
      if (!runner.finished()) {
        say("The page is made when all are finished: " + again());
        return Cli.OK;
      }
      List<Candidate> candidates = new ArrayList<>();
      for (Task task : plan.tasks()) {
        candidates.add(Candidate.read(task.folder(), folder.resolve(task.folder())));
      }
      RunImages trained = RunImages.of(candidates.get(0).config().dataset());
      LabPages pages =
          new LabPages(
              trained.same(data, spec.commandLine().getErr()), c -> compute.open(c, devices));
      Path page = folder.resolve(lab.title() + ".html");
      TextFile.write(
          page,
          switch (lab) {
            case COLLAPSE -> pages.collapse(candidates);
            case AE_VAE_PCA -> pages.maps(candidates);
          });
      pages.lines().forEach(this::say);
      say("Page: " + page);
      return Cli.OK;
    }
  }

  private static UserError unknown(String name) {
    String hint = Nearest.hint(name, Lab.titles());
    String all = hint.isEmpty() ? "; there are: " + String.join(", ", Lab.titles()) : hint;
    return new UserError("there is no lab '" + name + "'" + all);
  }

  /** The options of 'train' that the user gave. */
  private List<Axis> given() {
    List<Axis> given = new ArrayList<>();
    for (OptionSpec train : TrainOptions.all()) {
      OptionSpec option = spec.commandLine().getParseResult().matchedOption(train.longestName());
      if (option != null) {
        boolean flag = train.arity().max() == 0;
        given.add(
            flag
                ? new Axis(train.longestName(), List.of(""))
                : TrainOptions.axis(train, option.originalStringValues()));
      }
    }
    for (Axis axis : given) {
      if (axis.values().size() > 1) {
        throw new UserError(axis.option() + " takes one value in a lab");
      }
    }
    return given;
  }

  /** The command that goes on. */
  private String again() {
    return spec.commandLine().getParseResult().originalArgs().stream()
        .map(ShellLine::quoted)
        .collect(Collectors.joining(" ", ShellLine.program() + " ", ""));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
