package vaeocl;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ISourceFileCoverage;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Assertions;

/**
 * The lines of some files that inputs execute, by JaCoCo: the fuzzer's own report misses lines of
 * classes that its first inputs load.
 *
 * @param missed the lines that are not covered, as "Idx.java [12, 13]"
 */
record Coverage(int lines, int covered, String missed) {
  private static final Path CLASSES = Path.of("target", "classes", "vaeocl");

  /** Runs every file of a folder once: the arguments are the target's name and the folder. */
  static final class Replay {
    private Replay() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
      var run = Class.forName(args[0]).getMethod("fuzzerTestOneInput", byte[].class);
      try (Stream<Path> files = Files.list(Path.of(args[1]))) {
        for (Path file : files.sorted().toList()) {
          run.invoke(null, (Object) Files.readAllBytes(file));
        }
      }
    }
  }

  /**
   * Runs what the fuzzer kept, which is an input for every path that it found.
   *
   * @param sources names of files
   */
  static Coverage of(Class<?> target, Path corpus, List<String> sources)
      throws IOException, InterruptedException {
    Path data = corpus.resolveSibling("jacoco.exec");
    Files.deleteIfExists(data);
    String agent =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("org.jacoco.agent"))
            .collect(Collectors.joining());
    List<String> options = List.of("-javaagent:" + agent + "=includes=vaeocl.*,destfile=" + data);
    List<String> args = List.of(target.getName(), corpus.toString());
    ChildJvm.Result replay =
        ChildJvm.finish(ChildJvm.start(List.of(), Map.of(), options, Replay.class.getName(), args));
    Assertions.assertEquals(0, replay.status(), replay.err());
    ExecFileLoader loader = new ExecFileLoader();
    loader.load(data.toFile());
    CoverageBuilder builder = new CoverageBuilder();
    new Analyzer(loader.getExecutionDataStore(), builder).analyzeAll(CLASSES.toFile());
    int lines = 0;
    int covered = 0;
    List<String> missed = new ArrayList<>();
    for (ISourceFileCoverage file : builder.getSourceFiles()) {
      if (!sources.contains(file.getName())) {
        continue;
      }
      lines += file.getLineCounter().getTotalCount();
      covered += file.getLineCounter().getCoveredCount();
      TreeSet<Integer> left = new TreeSet<>();
      for (int line = file.getFirstLine(); line <= file.getLastLine(); line++) {
        if (file.getLine(line).getStatus() == ICounter.NOT_COVERED) {
          left.add(line);
        }
      }
      if (!left.isEmpty()) {
        missed.add(file.getName() + " " + left);
      }
    }
    return new Coverage(lines, covered, String.join("; ", missed));
  }
}
