package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.formats.ShellLine;
import vaeocl.sweep.ArrayIndex;
import vaeocl.sweep.Axis;
import vaeocl.sweep.Plan;
import vaeocl.sweep.SlurmScript;
import vaeocl.sweep.Task;

/** {@code vae-ocl sweep}: many trainings from one plan. */
@Command(
    name = "sweep",
    description = {
      "Train with all combinations of options, each of which may be given several times; numbers and"
          + " names also with commas between, whole numbers also as a range: --beta 0.5,1,2 --seed"
          + " 1-5. The plan is written into the folder of --out; 'sweep DIR' goes on with it."
    },
    sortOptions = false)
final class SweepCommand implements Callable<Integer> {
  private static final String DEVICE = "--device";

  /** The value of {@code --device} that is for the whole sweep. */
  private static final String ALL_DEVICES = "all";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "The folder of a sweep: do the task of its plan that SLURM_ARRAY_TASK_ID, SGE_TASK_ID or"
              + " JOB_COMPLETION_INDEX (+ 1) names, else go on with all of it.")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for a new sweep: its plan, and a folder for each run.")
  private Path out;

  @Option(names = "--plan-only", description = "Write the plan and train nothing.")
  private boolean planOnly;

  @Option(
      names = "--task",
      paramLabel = "N",
      description = "Do task N of the plan, from 1; one that is finished ends at once.")
  private Integer number;

  @Option(
      names = "--slurm",
      description = "Print a batch script for Slurm that does the plan in DIR.")
  private boolean slurm;

  private final Map<String, OptionSpec> options = new LinkedHashMap<>();

  /** Called by picocli with the command that this object is. */
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void addTo(CommandSpec command) {
    for (OptionSpec train : TrainOptions.all()) {
      OptionSpec.Builder builder =
          OptionSpec.builder(train.names())
              .paramLabel(train.paramLabel())
              .arity(train.arity().toString())
              .description(train.description());
      boolean flag = train.arity().max() == 0;
      OptionSpec option =
          flag
              ? builder.type(boolean.class).build()
              : builder.type(List.class).auxiliaryTypes(String.class).build();
      options.put(train.longestName(), option);
      command.addOption(option);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (folder == null) {
      return begin();
    }
    for (String option : options.keySet()) {
      boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
      if (given && !(option.equals(DEVICE) && everyDevice())) {
        throw new UserError(
            option
                + " cannot be given with the folder of a sweep, whose plan says what is trained");
      }
    }
    if (out != null || planOnly) {
      throw new UserError((out != null ? "--out" : "--plan-only") + " is for a new sweep");
    }
    Plan plan = Plan.read(folder);
    if (slurm) {
      spec.commandLine().getOut().print(script(plan));
      return Cli.OK;
    }
    OptionalLong task = task();
    if (task.isPresent()) {
      return runner(plan).one(task(plan, task.getAsLong()));
    }
    return runner(plan).all(everyDevice());
  }

  private int begin() throws IOException {
    if (number != null || slurm) {
      throw new UserError(
          (slurm ? "--slurm" : "--task") + " needs the folder of a sweep: sweep DIR");
    }
    if (out == null) {
      throw new UserError("a new sweep needs --out DIR for its plan and its runs");
    }
    OutputFile.requireFolder("--out", out);
    Plan plan = plan();
    for (Task task : plan.tasks()) {
      TrainOptions.parse(task.options(), SweepRunner.SILENT, SweepRunner.SILENT);
    }
    if (Plan.in(out) && !Plan.read(out).equals(plan)) {
      throw new UserError(
          "--out %s holds another plan; go on with it: sweep %s, or name another folder"
              .formatted(out, ShellLine.quoted(out)));
    }
    Files.createDirectories(out);
    plan.write(out);
    folder = out;
    int count = plan.tasks().size();
    say(count + " trainings planned: " + out.resolve(Plan.FILE));
    if (planOnly) {
      say("Go on with: " + ShellLine.program() + " sweep " + ShellLine.quoted(out));
      return Cli.OK;
    }
    return runner(plan).all(everyDevice());
  }

  /** Which task alone is to be done, if one is. */
  private OptionalLong task() {
    if (number != null) {
      return OptionalLong.of(number);
    }
    try {
      return ArrayIndex.of(System::getenv);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private Task task(Plan plan, long which) {
    try {
      return plan.task(which);
    } catch (IllegalArgumentException e) {
      throw new UserError(folder + ": " + e.getMessage(), e);
    }
  }

  private Plan plan() {
    List<Axis> axes = new ArrayList<>();
    for (OptionSpec train : TrainOptions.all()) {
      OptionSpec option = options.get(train.longestName());
      boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
      boolean mine = train.longestName().equals(DEVICE) && everyDevice();
      if (given && !mine) {
        axes.add(axis(train, option.<Object>getValue()));
      }
    }
    try {
      return Plan.product(axes);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static Axis axis(OptionSpec train, Object value) {
    if (!(value instanceof List<?> texts)) {
      return new Axis(train.longestName(), List.of(""));
    }
    return TrainOptions.axis(train, texts.stream().map(Object::toString).toList());
  }

  private boolean everyDevice() {
    return options.get(DEVICE).<Object>getValue() instanceof List<?> values
        && values.equals(List.of(ALL_DEVICES));
  }

  private String script(Plan plan) {
    return SlurmScript.of(plan, folder.toAbsolutePath().normalize(), ShellLine.absoluteProgram());
  }

  private SweepRunner runner(Plan plan) {
    String again = ShellLine.program() + " sweep " + ShellLine.quoted(folder);
    return new SweepRunner(
        plan, folder, again, spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
