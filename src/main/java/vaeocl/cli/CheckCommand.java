package vaeocl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vaeocl.check.Cases;
import vaeocl.check.Checker;
import vaeocl.check.OpCase;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.plan.Tiling;

/** {@code vae-ocl check}: every kernel against the CPU reference. */
@Command(
    name = "check",
    description = "Check every kernel against the CPU reference, element by element.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private TilingOption kernels;
  @Mixin private FuseOption fusions;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Only operations or kernels whose name contains NAME.")
  private String only;

  @Option(
      names = "--small",
      description = "Leave out the large shapes, for simulators such as Oclgrind.")
  private boolean small;

  @Override
  public Integer call() {
    ClDevice chosen = device.select();
    Tiling tiling = kernels.tiling(chosen.info());
    PrintWriter out = spec.commandLine().getOut();
    out.println("Device: " + chosen.info().label() + ", " + tiling.label() + " tiling");
    out.flush();
    List<OpCase> cases = Cases.all().stream().filter(this::wanted).toList();
    if (cases.isEmpty()) {
      throw new UserError("--only " + only + " matches no operation; leave it out to see them all");
    }
    Map<String, Line> lines = new TreeMap<>();
    try (Checker checker = new Checker(chosen, kernels.source(), tiling, fusions.fuse())) {
      for (OpCase opCase : cases) {
        Checker.Result result = checker.run(opCase);
        String name = String.join(" + ", result.kernels());
        lines.merge(name, new Line(1, result), Line::worse);
      }
    }
    return print(out, lines, cases.size()) ? Cli.OK : Cli.FAILED;
  }

  private boolean wanted(OpCase opCase) {
    boolean named =
        only == null
            || opCase.label().toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT));
    return named && (opCase.small() || !small);
  }

  private static boolean print(PrintWriter out, Map<String, Line> lines, int cases) {
    Table table = new Table("kernel", ">cases", ">largest error", ">of allowed", "");
    long wrong = 0;
    for (Map.Entry<String, Line> entry : lines.entrySet()) {
      Checker.Result r = entry.getValue().result();
      String verdict = r.passed() ? "ok" : "WRONG: " + r.opCase().label() + ", " + r.worst();
      table.row(
          entry.getKey(),
          Integer.toString(entry.getValue().cases()),
          String.format(Locale.ROOT, "%.2e", r.error()),
          String.format(Locale.ROOT, "%.3f", r.share()),
          verdict);
      wrong += r.passed() ? 0 : 1;
    }
    table.lines().forEach(out::println);
    out.println(
        wrong == 0
            ? "All " + lines.size() + " kernels are right in " + cases + " cases."
            : wrong + " of " + lines.size() + " kernels are wrong.");
    out.flush();
    return wrong == 0;
  }

  private record Line(int cases, Checker.Result result) {
    Line worse(Line other) {
      double share = result().share();
      boolean more = !Double.isNaN(share) && !(other.result().share() <= share);
      return new Line(cases + other.cases(), more ? other.result() : result());
    }
  }
}
