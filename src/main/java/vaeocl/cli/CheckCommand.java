package vaeocl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import vaeocl.check.Cases;
import vaeocl.check.Checker;
import vaeocl.check.OpCase;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.plan.Tiling;

/** {@code vae-ocl check}: every kernel against the CPU reference. */
@Command(
    name = "check",
    description = "Check every kernel against the CPU reference, element by element.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private KernelsOption kernels;

  @Option(
      names = "--tiling",
      paramLabel = "cpu|gpu|plain|all",
      description =
          "Kernels of this tiling, or of all; those that the device would use by default.",
      converter = Kinds.Converter.class)
  private Kinds tilings;

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
    boolean right = true;
    for (Tilings kind :
        tilings == null ? List.of(Tilings.suiting(chosen.info())) : tilings.kinds()) {
      right &= check(chosen, kind.of(chosen.info()));
    }
    return right ? Cli.OK : Cli.FAILED;
  }

  private boolean check(ClDevice chosen, Tiling tiling) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Device: " + chosen.info().label() + ", " + tiling.label() + " tiling");
    out.flush();
    Map<String, Line> lines = new TreeMap<>();
    List<OpCase> cases;
    try (Checker checker = new Checker(chosen, kernels.source(), tiling, fusions.fuse())) {
      cases = Cases.all().stream().filter(c -> wanted(c, checker)).toList();
      if (cases.isEmpty()) {
        throw new UserError(
            "--only " + only + " matches no operation and no kernel; leave it out to see them all");
      }
      for (OpCase opCase : cases) {
        Checker.Result result = checker.run(opCase);
        String name = name(result.kernels());
        lines.merge(name, Line.of(result), Line::worse);
      }
    }
    return print(out, lines, cases.size());
  }

  private boolean wanted(OpCase opCase, Checker checker) {
    return (opCase.small() || !small)
        && (only == null || named(opCase.label()) || named(name(checker.kernels(opCase))));
  }

  private boolean named(String name) {
    return name.toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT));
  }

  private static String name(List<String> kernels) {
    return String.join(" + ", kernels);
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
          String.format(Locale.ROOT, "%.2e", entry.getValue().error()),
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

  /** One tiling, or all. */
  private record Kinds(List<Tilings> kinds) {
    static final class Converter implements ITypeConverter<Kinds> {
      private static final String ALL = "all";

      @Override
      public Kinds convert(String text) {
        List<Tilings> every = List.of(Tilings.values());
        String named = text.toLowerCase(Locale.ROOT);
        List<Tilings> kinds =
            every.stream().filter(t -> named.equals(ALL) || t.label().equals(named)).toList();
        if (kinds.isEmpty()) {
          throw new TypeConversionException(
              "expected one of cpu, gpu, plain, all but was '" + text + "'");
        }
        return new Kinds(kinds);
      }
    }
  }

  /**
   * A kernel in all its cases.
   *
   * @param error the largest of all, which need not be the worst case's: a longer sum may have more
   * @param result of the case with the largest share of what is allowed
   */
  record Line(int cases, double error, Checker.Result result) {
    static Line of(Checker.Result result) {
      return new Line(1, result.error(), result);
    }

    Line worse(Line other) {
      double share = result().share();
      boolean more = !Double.isNaN(share) && !(other.result().share() <= share);
      return new Line(
          cases + other.cases(), Math.max(error, other.error()), more ? other.result() : result());
    }
  }
}
