package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.ChildJvm;
import vaeocl.opencl.Tilings;

/**
 * Mutants of the kernels that the default training runs on PoCL: those that change its weights are
 * to be refused by the self-test before it begins. More or others by {@code -Dvaeocl.mutants=N} a
 * tiling, {@code -Dvaeocl.seed=S} and {@code -Dvaeocl.mutants.only=gpu}.
 */
class KernelMutantsCampaign {
  private static final Path RESULTS = Path.of("target", "reliability");
  private static final int MUTANTS = Integer.getInteger("vaeocl.mutants", 100);
  private static final long SEED = Long.getLong("vaeocl.seed", 1);
  private static final String ONLY = System.getProperty("vaeocl.mutants.only", "");
  private static final double WANTED = 0.95;

  /** Seconds after which a mutant hangs; it takes two. */
  private static final int HANGS = 90;

  private static final String ENDED = "ENDED";

  @TempDir private Path temp;

  /** Lines of all trials: a mutant's number, what it is, what became of it. */
  private List<String> trials(Tilings kind) throws Exception {
    List<String> lines = new ArrayList<>();
    int next = 0;
    for (int start = 0; next >= 0; start++) {
      next = trials(kind, temp.resolve("kernels-" + kind + start), next, lines);
    }
    return lines;
  }

  /**
   * Tries mutants out, in one process.
   *
   * @return the one after that which ended it; -1 after the last
   */
  private int trials(Tilings kind, Path kernels, int first, List<String> lines) throws Exception {
    List<String> args =
        List.of(
            kind.label(),
            kernels.toString(),
            Integer.toString(MUTANTS),
            Long.toString(SEED),
            Integer.toString(first),
            temp.resolve("used-" + kind.label()).toString());
    Path cache = Files.createDirectories(temp.resolve("cache"));
    Process process =
        ChildJvm.start(
            List.of(),
            Map.of("POCL_CACHE_DIR", cache.toString()),
            List.of(),
            MutantTrials.class.getName(),
            args);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String tried = null;
      String how = "crash";
      for (String line = next(out); line != null; line = next(out)) {
        String[] words = line.split("\t", 3);
        if (words[0].equals("try")) {
          tried = words[1] + "\t" + words[2];
        } else if (words[0].equals("got")) {
          lines.add(words[2].replace('\t', ' ') + "\t" + tried);
          keep(kind, lines);
          tried = null;
        } else if (line.equals(ENDED)) {
          how = "hang";
          break;
        }
      }
      process.destroyForcibly().waitFor();
      if (tried == null) {
        assertTrue(!lines.isEmpty(), "the child's log has the reason");
        return -1;
      }
      lines.add(how + "\t" + tried);
      return Integer.parseInt(tried.substring(0, tried.indexOf('\t'))) + 1;
    }
  }

  private static void keep(Tilings kind, List<String> lines) throws IOException {
    Files.createDirectories(RESULTS);
    Files.write(RESULTS.resolve("mutants-" + kind.label() + ".tsv"), lines);
  }

  /** The next line, null at the end; {@link #ENDED} where none comes. */
  private static String next(BufferedReader out) throws Exception {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return out.readLine();
              } catch (IOException e) {
                return null;
              }
            });
    try {
      return line.get(HANGS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return ENDED;
    }
  }

  private static long count(List<String> lines, String begin) {
    return lines.stream().filter(line -> line.startsWith(begin)).count();
  }

  @ParameterizedTest
  @EnumSource
  void mutantsThatChangeTheRunAreRefused(Tilings kind) throws Exception {
    Assumptions.assumeTrue(ONLY.isEmpty() || ONLY.equals(kind.label()));
    List<String> lines = trials(kind);
    keep(kind, lines);
    long refused = count(lines, MutantTrials.Verdict.REFUSED.name());
    long escaped = count(lines, MutantTrials.Verdict.ESCAPED.name());
    System.out.printf(
        Locale.ROOT,
        "mutants, %s: %d: %d not compiled, %d without effect, %d crashed, %d hung; of %d that"
            + " change the weights %d are refused%n",
        kind.label(),
        lines.size(),
        count(lines, MutantTrials.Verdict.NOT_COMPILED.name()),
        count(lines, MutantTrials.Verdict.SAME.name()),
        count(lines, "crash"),
        count(lines, "hang"),
        refused + escaped,
        refused);
    lines.stream().filter(line -> line.startsWith("ESCAPED")).forEach(System.out::println);
    assertTrue(refused >= WANTED * (refused + escaped), escaped + " escaped");
  }
}
