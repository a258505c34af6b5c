package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.api.Device;
import vaeocl.api.Model;
import vaeocl.compare.Candidate;
import vaeocl.compare.ComparedRun;
import vaeocl.compare.ComparisonCsv;
import vaeocl.compare.Exhibit;
import vaeocl.compare.Experiment;
import vaeocl.compare.Quantity;
import vaeocl.compare.Ranking;
import vaeocl.data.Dataset;
import vaeocl.formats.TextFile;
import vaeocl.report.ComparePage;
import vaeocl.sweep.Plan;
import vaeocl.sweep.Task;
import vaeocl.train.RunFolder;

/** {@code vae-ocl compare}: runs beside each other. */
@Command(
    name = "compare",
    description = {
      "Compare runs of one data set: their bounds on test and validation images, curves, pictures"
          + " and settings, with means over seeds. Writes compare.csv and compare.html into the"
          + " folder of the sweep, or that of --out."
    },
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  private static final String PAGE = "compare.html";
  private static final String CSV = "compare.csv";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP",
      description = "Folders of runs, or of sweeps for all of their runs.")
  private List<Path> folders;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for the table and the page.")
  private Path out;

  @Mixin private InvertibleData data;
  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() throws IOException {
    Path target = out != null ? out : folders.size() == 1 && sweep() ? folders.get(0) : null;
    if (target != null) {
      OutputFile.requireFolder("--out", target);
    }
    List<Candidate> candidates = candidates();
    if (candidates.isEmpty()) {
      throw new UserError("there is no run to compare");
    }
    RunImages images = RunImages.of(candidates.get(0).config().dataset());
    for (Candidate candidate : candidates) {
      if (!images.sameAs(RunImages.of(candidate.config().dataset()))) {
        throw new UserError(
            "%s and %s were trained with different images; compare runs of one data set"
                .formatted(candidates.get(0).folder(), candidate.folder()));
      }
    }
    Dataset dataset = images.same(data, err());
    Exhibit exhibit = Exhibit.of(dataset);
    Ranking ranking = Ranking.of(examined(candidates, dataset, exhibit));
    print(ranking);
    if (target == null) {
      say("Name a folder for " + CSV + " and " + PAGE + " with --out");
      return Cli.OK;
    }
    Files.createDirectories(target);
    TextFile.write(target.resolve(CSV), ComparisonCsv.of(ranking));
    TextFile.write(target.resolve(PAGE), ComparePage.of(ranking, exhibit, dataset.name()));
    say("Comparison: " + target.resolve(PAGE));
    return Cli.OK;
  }

  private boolean sweep() {
    return Plan.in(folders.get(0));
  }

  /** All runs that can be read; of others a line says why not. */
  private List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (Path folder : folders) {
      String prefix = folders.size() == 1 ? "" : folder + "/";
      if (folders.size() == 1 && !Plan.in(folder)) {
        return List.of(Candidate.read(folder.toString(), folder));
      }
      if (!Plan.in(folder)) {
        add(candidates, folder.toString(), folder);
        continue;
      }
      List<Task> tasks = Plan.read(folder).tasks();
      int missing = 0;
      for (Task task : tasks) {
        Path run = folder.resolve(task.folder());
        if (RunFolder.holdsRun(run)) {
          add(candidates, prefix + task.folder(), run);
        } else {
          missing++;
        }
      }
      if (missing > 0) {
        warn(
            "%s: of %d runs %d are not begun; go on with: sweep %s"
                .formatted(folder, tasks.size(), missing, folder));
      }
    }
    return candidates;
  }

  private void add(List<Candidate> candidates, String name, Path folder) {
    try {
      candidates.add(Candidate.read(name, folder));
    } catch (IOException e) {
      warn("left out: " + Failure.of(e).message());
    }
  }

  private List<ComparedRun> examined(List<Candidate> candidates, Dataset dataset, Exhibit exhibit)
      throws IOException {
    List<ComparedRun> runs = new ArrayList<>();
    try (OpenDevices devices = new OpenDevices();
        Progress bar = new Progress("Compare", " runs", StandardStream.err())) {
      for (Candidate candidate : candidates) {
        bar.tick(runs.size(), candidates.size());
        try (Device device = compute.open(candidate.model(), devices);
            Model model = Model.of(candidate.model(), device)) {
          runs.add(candidate.examine(model.backend(), dataset, exhibit));
        }
      }
    }
    return runs;
  }

  private void print(Ranking ranking) {
    List<Quantity> quantities = ranking.brief();
    List<String> headings = new ArrayList<>(List.of(">", "run", ">epoch"));
    quantities.forEach(q -> headings.add(">" + q.title()));
    Table table = new Table(headings.toArray(String[]::new));
    int rank = 0;
    for (ComparedRun run : ranking.runs()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(++rank), run.name()));
      row.add(Integer.toString(run.epoch()));
      quantities.forEach(q -> row.add(q.text(run)));
      table.row(row.toArray(String[]::new));
    }
    int count = ranking.runs().size();
    say((count == 1 ? "1 run, " : count + " runs, ") + ranking.criterion());
    table.lines().forEach(this::say);
    List<Experiment> experiments = ranking.experiments();
    if (experiments.size() < ranking.runs().size()) {
      say("");
      say("Mean ± standard deviation over seeds");
      seeds(ranking, experiments).lines().forEach(this::say);
    }
    ranking.notices().forEach(this::say);
  }

  private static Table seeds(Ranking ranking, List<Experiment> experiments) {
    List<Quantity> quantities = ranking.brief();
    List<String> headings = new ArrayList<>(List.of("settings", ">seeds"));
    quantities.forEach(q -> headings.add(">" + q.title()));
    Table table = new Table(headings.toArray(String[]::new));
    for (Experiment experiment : experiments) {
      List<String> row = new ArrayList<>();
      row.add(experiment.name(ranking.varied()));
      row.add(Integer.toString(experiment.runs().size()));
      quantities.forEach(q -> row.add(experiment.text(q)));
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void warn(String line) {
    err().println("vae-ocl: warning: " + line);
    err().flush();
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
