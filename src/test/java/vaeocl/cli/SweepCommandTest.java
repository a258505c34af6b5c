package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertFails;
import static vaeocl.cli.CommandRun.assertRefused;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.CommandRun.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.cli.CommandRun.Outcome;

/**
 * Sweeps, and comparisons of what they leave.
 *
 * <p>Longer than 250 lines: one sweep serves all of it.
 */
class SweepCommandTest {
  private static final List<String> RUNS =
      List.of("beta-0.5_seed-1", "beta-0.5_seed-2", "beta-2_seed-1", "beta-2_seed-2");

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path sweep;

  @BeforeAll
  static void train() throws IOException {
    Object[] options = {"--hidden", 20, "--batch-size", 64, "--no-self-test"};
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, options);
    sweep = temp.resolve("sweep");
    String out = ok(plan(sweep, "--beta", "0.5,2", "--seed", "1-2", "--validation", 50));
    assertTrue(out.contains("4 trainings planned"), out);
    assertTrue(out.contains("[3/4] beta-2_seed-1 | Loss: "), out);
    assertTrue(out.contains("4 of 4 trainings are finished in "), out);
    requireOwnTimes(out);
  }

  /** What trainings took by themselves is what their lines say, and less than all. */
  private static void requireOwnTimes(String out) {
    Matcher all =
        Pattern.compile("finished in ([0-9.]+) s, by themselves in ([0-9.]+) s").matcher(out);
    assertTrue(all.find(), out);
    double own = Double.parseDouble(all.group(2));
    assertTrue(own > 0 && own <= Double.parseDouble(all.group(1)), out);
    double lines =
        Pattern.compile("KL: [0-9.]+ \\| ([0-9.]+) s")
            .matcher(out)
            .results()
            .mapToDouble(line -> Double.parseDouble(line.group(1)))
            .sum();
    assertEquals(lines, own, 0.05 * (RUNS.size() + 1)); // each is rounded to tenths
  }

  /** The words of a sweep as those of a training. */
  private static Object[] plan(Path out, Object... more) {
    List<Object> words = new ArrayList<>(Arrays.asList((Object[]) training.command(out, 2, more)));
    words.set(0, "sweep");
    return words.toArray();
  }

  private static Path copy(String name) throws IOException {
    Path to = temp.resolve(name);
    try (Stream<Path> files = Files.walk(sweep)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(sweep.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return to;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static byte[] model(Path folder, String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  @Test
  void aRunIsTheOneThatTrainMakes() throws IOException {
    Path alone = temp.resolve("alone");
    training.ok(alone, 2, "--beta", 2, "--seed", 2, "--validation", 50, "--no-report");
    SmallTraining.assertSame(alone, sweep.resolve("beta-2_seed-2"), "alone and in a sweep");
  }

  @Test
  void aTaskIsDoneOnceAndGoesOnFromItsCheckpoint() throws IOException {
    Path copy = copy("tasks");
    delete(copy.resolve(RUNS.get(1)));
    assertTrue(ok("sweep", copy, "--task", 1).contains("Finished already"));
    assertTrue(ok("sweep", copy, "--task", 2).contains("Epoch [2/2]"));
    assertArrayEquals(model(sweep, RUNS.get(1)), model(copy, RUNS.get(1)));
    assertRefused(run("sweep", copy, "--task", 5), "there is no task 5: the plan has 4");
  }

  @Test
  void aFailedRunStopsNoOtherAndIsToldAgainAtTheEnd() throws IOException {
    Path copy = copy("failed");
    Files.writeString(copy.resolve(RUNS.get(0)).resolve("checkpoint.safetensors"), "damaged");
    delete(copy.resolve(RUNS.get(3)));
    Outcome o = run("sweep", copy);
    assertEquals(Cli.FAILED, o.status());
    assertTrue(o.out().contains("Finished already: 2 of 4"), o.out());
    assertTrue(o.out().contains("3 of 4 trainings are finished"), o.out());
    List<String> told = o.err().lines().filter(line -> line.contains("[1/4]")).toList();
    assertEquals(2, told.size(), o.err());
    assertTrue(o.err().contains("1 failed:"), o.err());
    assertArrayEquals(model(sweep, RUNS.get(3)), model(copy, RUNS.get(3)));
  }

  @Test
  void aPlanThatWasEditedAfterTheStartIsTold() throws IOException {
    Path copy = copy("edited");
    Path file = copy.resolve("plan.tsv");
    Files.writeString(file, Files.readString(file).replaceFirst("--beta=0.5", "--beta=0.7"));
    assertRefused(run("sweep", copy, "--task", 1), "was begun with");
    Outcome o = run("sweep", copy);
    assertEquals(Cli.FAILED, o.status());
    assertTrue(o.err().contains("line 2 of"), o.err());
    assertTrue(o.out().contains("3 of 4 trainings are finished"), o.out());
  }

  @Test
  void aRunThatIsNoSweepsIsLeftAlone() throws IOException {
    Path copy = copy("foreign");
    Files.delete(copy.resolve(RUNS.get(0)).resolve("options.txt"));
    assertRefused(run("sweep", copy, "--task", 1), "holds a run that was not begun by line 2");
  }

  @Test
  void otherOptionsNeedAnotherFolder() {
    assertRefused(run(plan(sweep, "--beta", "1")), "holds another plan");
  }

  @ParameterizedTest
  @CsvSource({
    "--beta 1,holds no plan.tsv",
    "--task 1 --out x,is for a new sweep",
    "--seed 1 --out x,cannot be given with the folder of a sweep"
  })
  void theFolderSaysWhatIsTrained(String options, String reason) throws IOException {
    Path folder = reason.contains("plan.tsv") ? temp.resolve("nothing") : sweep;
    List<Object> words = new ArrayList<>(List.of("sweep", folder));
    if (folder.equals(sweep)) {
      words.addAll(List.of((Object[]) options.split(" ", -1)));
    }
    assertRefused(run(words.toArray()), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "--beta=1|--beta=1,--beta has 1 twice",
    "--beta=x,--beta",
    "--samples=5,--samples",
    "--hidden=0,--hidden",
    "--epochs=0,--epochs must be at least 1",
    "--seed=3-1,a range goes up"
  })
  void aWrongPlanIsRefusedBeforeAnythingRuns(String options, String reason) {
    Path out = temp.resolve("wrong");
    Object[] words =
        Stream.concat(Stream.of("sweep", "--out", out), Arrays.stream(options.split("\\|", -1)))
            .toArray();
    Outcome o = run(words);
    assertEquals(Cli.USER_ERROR, o.status());
    assertTrue(o.err().contains(reason), o.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void aPlanAloneTrainsNothingAndHasAbsolutePaths() throws IOException {
    Path out = temp.resolve("planned");
    String here = Path.of("").toAbsolutePath().toString();
    ok(
        "sweep",
        "--data",
        "relative",
        "--hidden",
        "9,8",
        "--hidden",
        7,
        "--out",
        out,
        "--plan-only");
    assertEquals(
        List.of(
            "number\tfolder\toptions",
            "1\thidden-9-8\t--data=" + here + "/relative --hidden=9,8",
            "2\thidden-7\t--data=" + here + "/relative --hidden=7"),
        Files.readAllLines(out.resolve("plan.tsv")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void slurmGetsAScriptForTheWholePlan() {
    String script = ok("sweep", sweep, "--slurm");
    assertTrue(script.contains("#SBATCH --array=1-4%4\n"), script);
    assertTrue(script.contains(" sweep " + sweep + " &\n"), script);
    assertTrue(script.contains("scontrol requeue"), script);
  }

  @Test
  void aComparisonRanksByValidationAndHasALineARun() throws IOException {
    Path copy = copy("compared");
    String out = ok("compare", copy);
    assertTrue(out.startsWith("4 runs, ranked by −ELBO of the validation images\n"), out);
    assertTrue(out.contains("Mean ± standard deviation over seeds"), out);
    List<String> lines = Files.readAllLines(copy.resolve("compare.csv"));
    assertEquals(5, lines.size());
    List<String> heads = List.of(lines.get(0).split(",", -1));
    int column = heads.indexOf("validation_negative_elbo");
    List<Double> order =
        lines.stream().skip(1).map(line -> Double.valueOf(line.split(",", -1)[column])).toList();
    assertEquals(order.stream().sorted().toList(), order);
    int test = heads.indexOf("test_negative_elbo");
    String best = lines.get(1).split(",", -1)[1];
    double elbo =
        CommandRun.json(
                "eval",
                copy.resolve(best).resolve("best.safetensors"),
                "--data",
                training.digits(),
                "--device",
                "Portable")
            .get("elbo")
            .asDouble();
    assertEquals(elbo, -Double.parseDouble(lines.get(1).split(",", -1)[test]), 1e-3 * -elbo);
    assertTrue(Files.size(copy.resolve("compare.html")) < 1 << 20);
  }

  @Test
  void missingAndDamagedRunsAreToldInALineEach() throws IOException {
    Path copy = copy("gaps");
    delete(copy.resolve(RUNS.get(0)));
    Files.writeString(copy.resolve(RUNS.get(1)).resolve("metrics.csv"), "epoch,loss\n1,x\n");
    Outcome o = run("compare", copy);
    assertEquals(0, o.status(), o.err());
    assertEquals(2, o.err().lines().count(), o.err());
    assertTrue(o.err().contains("of 4 runs 1 are not begun"), o.err());
    assertTrue(o.err().contains("left out: "), o.err());
    assertTrue(o.out().startsWith("2 runs"), o.out());
    assertFails(run("compare", temp), Cli.USER_ERROR, "holds no run");
  }

  @Test
  void runsOfOtherImagesAreNoComparison() throws IOException {
    SmallTraining other = SmallTraining.of(temp.resolve("others"), 200, 30, "--hidden", 5);
    Path foreign = temp.resolve("of-others");
    other.ok(foreign, 1, "--no-report", "--no-self-test");
    Outcome o = run("compare", sweep.resolve(RUNS.get(0)), foreign);
    assertRefused(o, "were trained with different images");
  }
}
