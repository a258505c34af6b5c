package vaeocl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a fuzzer left of a parser.
 *
 * @param lines of the parser's files
 * @param covered of them
 * @param missed the rest, as "Idx.java [12, 13]"
 * @param findings breaches of the promise, each in a file of the parser's folder
 */
record Fuzzing(
    String parser, long executions, int lines, int covered, String missed, long findings) {
  /** Ten million for eight parsers. */
  private static final long EXECUTIONS = Long.getLong("vaeocl.executions", 1_250_000);

  /** Ends what hangs. Inputs of 4 KB take milliseconds. */
  private static final int HANGS = 300;

  /** Where a fuzzer stops that finds and finds. */
  private static final int MOST_FINDINGS = 20;

  static final Path FOLDER = Path.of("target", "reliability");

  private static final Pattern DONE = Pattern.compile("(?m)^Done (\\d+) runs in");
  private static final Pattern FINDING =
      Pattern.compile("(?m)^== Java Exception|^==\\d+== ?ERROR|^SUMMARY: libFuzzer");

  /** Writes files to begin with. */
  @FunctionalInterface
  interface Seeds {
    void write(Path folder) throws IOException;
  }

  /**
   * Fuzzes in a process of its own, on a heap of 256 MB.
   *
   * @param target has fuzzerTestOneInput
   * @param sources the parser's files, whose lines are counted
   */
  static Fuzzing of(String parser, Class<?> target, Seeds seeds, List<String> sources)
      throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(parser);
    Path corpus = empty(folder.resolve("corpus"));
    seeds.write(corpus);
    Process process =
        ChildJvm.start(
            List.of(),
            Map.of(),
            List.of("-XX:TieredStopAtLevel=4", "-Xmx256m", "-XX:+UseSerialGC"),
            "com.code_intelligence.jazzer.Jazzer",
            List.of(
                "--target_class=" + target.getName(),
                "--instrumentation_includes=vaeocl.**",
                "--custom_hook_includes=vaeocl.**",
                "--keep_going=" + MOST_FINDINGS,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + EXECUTIONS,
                "-seed=1",
                "-max_len=4096",
                "-timeout=" + HANGS,
                "-rss_limit_mb=1024",
                corpus.toString()));
    ChildJvm.Result result = ChildJvm.finish(process, ChildJvm.HANGS.multipliedBy(6));
    Files.writeString(folder.resolve("log.txt"), result.out() + result.err());
    List<MatchResult> done = DONE.matcher(result.err()).results().toList();
    assertTrue(!done.isEmpty(), () -> parser + " did not end: " + folder.resolve("log.txt"));
    Coverage coverage = Coverage.of(target, corpus, sources);
    Fuzzing fuzzing =
        new Fuzzing(
            parser,
            Long.parseLong(done.get(0).group(1)),
            coverage.lines(),
            coverage.covered(),
            coverage.missed(),
            FINDING.matcher(result.err()).results().count());
    Files.writeString(folder.resolve("result.csv"), fuzzing.csv() + "\n");
    return fuzzing;
  }

  /** What an earlier campaign kept is no part of this one's figures. */
  private static Path empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return folder;
  }

  static final String HEADER = "parser,executions,lines,covered,coverage,findings,missed";

  private String csv() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%d,%.3f,%d,\"%s\"",
        parser,
        executions,
        lines,
        covered,
        coverage(),
        findings,
        missed);
  }

  /** The part of the parser's lines that was executed. */
  double coverage() {
    return (double) covered / lines;
  }

  /** The lines of all parsers fuzzed since the last clean. */
  static List<String> table() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> results =
          folders.map(f -> f.resolve("result.csv")).filter(Files::exists).sorted().toList();
      StringBuilder all = new StringBuilder(HEADER + "\n");
      for (Path result : results) {
        all.append(Files.readString(result));
      }
      Files.writeString(FOLDER.resolve("parsers.csv"), all);
      return all.toString().lines().toList();
    }
  }

  /** Fails where a promise was broken or the campaign fell short. */
  void check() {
    assertTrue(findings == 0, () -> findings + " findings in " + FOLDER.resolve(parser));
    assertTrue(executions >= EXECUTIONS, () -> parser + ": only " + executions + " executions");
    assertTrue(coverage() >= 0.9, () -> parser + " covers " + coverage() + ", not " + missed);
  }
}
