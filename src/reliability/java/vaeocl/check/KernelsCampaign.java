package vaeocl.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.KernelFiles;
import vaeocl.opencl.Tilings;

/**
 * Every kernel of every tiling on three implementations against double precision, with its largest
 * error; on the simulator with all its detectors, of which none may report anything.
 */
class KernelsCampaign {
  private static final Path RESULTS = Path.of("target", "reliability", "kernels.csv");

  /** Kernels, cases, largest error, share of what is allowed. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^(\\w+(?: \\+ \\w+)*) +(\\d+) +(\\S+) +(\\S+)  ok$");

  private static final List<String> ROWS =
      new ArrayList<>(List.of("implementation,tiling,kernel,cases,largest error,of allowed"));

  private static void measure(Implementation implementation, Tilings kind, boolean small)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("--tiling", kind.label()));
    options.addAll(small ? List.of("--small") : List.of());
    long cases = Cases.all().stream().filter(c -> c.small() || !small).count();
    String table =
        implementation.assertRight(
            KernelFiles.kernels(kind.label()), cases, options.toArray(String[]::new));
    String where = implementation.platform() + "," + kind.label() + ",";
    double worst =
        ROW.matcher(table)
            .results()
            .peek(
                r -> {
                  String row = String.join(",", r.group(1), r.group(2), r.group(3), r.group(4));
                  ROWS.add(where + row);
                })
            .mapToDouble(r -> Double.parseDouble(r.group(4)))
            .max()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT, "kernels: %s%d cases, at most %.3f of what is allowed%n", where, cases, worst);
  }

  @AfterAll
  static void keep() throws IOException {
    Files.createDirectories(RESULTS.getParent());
    Files.write(RESULTS, ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void pocl(Tilings kind) throws Exception {
    measure(Implementation.pocl(Map.of()), kind, false);
  }

  /** Small shapes where a work-item of Mesa's would need more rounds of loops than it has. */
  @ParameterizedTest
  @EnumSource
  void rusticl(Tilings kind) throws Exception {
    measure(Implementation.rusticl(), kind, kind != Tilings.GPU);
  }

  @ParameterizedTest
  @EnumSource
  void oclgrind(Tilings kind, @TempDir Path folder) throws Exception {
    measure(Implementation.oclgrind(folder.resolve("log"), Map.of()), kind, true);
  }
}
