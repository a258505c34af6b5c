package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.cli.CommandRun.Outcome;

/**
 * Signals at random moments of a training with a report, from the start of the JVM on: what is left
 * goes on to the end that a training without them has.
 */
class SignalsCampaign {
  private static final long SEED = Long.getLong("vaeocl.seed", 1);
  private static final int MOMENTS = Integer.getInteger("vaeocl.moments", 100);
  private static final int EPOCHS = 8;
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
  private static final List<Integer> STATUSES = List.of(130, 143, 129);

  /** What Java says, with status 1, of a signal in its own first moments: no program is there. */
  private static final String UNBORN = "Error occurred during initialization of VM";

  private static final String STOPPING = "Stopping after this step; once more stops at once.";

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path whole;

  /** A cache of compiled kernels that nobody else empties. */
  private static Map<String, String> env;

  /** Of the whole training, in a process of its own. */
  private static long millis;

  /** The same where no kernel has been compiled before. */
  private static long coldMillis;

  @BeforeAll
  static void train() throws Exception {
    training = SmallTraining.of(temp.resolve("digits"), 1000, 100, "--hidden", 40);
    whole = temp.resolve("whole");
    env = Map.of("POCL_CACHE_DIR", Files.createDirectory(temp.resolve("cache")).toString());
    coldMillis = timed(whole); // compiles the kernels
    millis = timed(temp.resolve("timed"));
  }

  private static long timed(Path run) throws Exception {
    long begin = System.nanoTime();
    ChildJvm.Result r = ChildJvm.run(env, List.of(), command(run));
    assertEquals(0, r.status(), r.err());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private static String[] command(Path run) {
    return training.command(run, EPOCHS, "--checkpoint-every", 3);
  }

  /** Something that happens to a run; where it came upon it. */
  private interface Blow {
    String strike(Path run) throws Exception;
  }

  /** Two at a time; how often each came of it. */
  private static Map<String, Integer> all(List<Blow> blows, String name) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < blows.size(); i++) {
        Blow blow = blows.get(i);
        Path run = temp.resolve(name + i);
        results.add(pool.submit(() -> blow.strike(run)));
      }
      Map<String, Integer> counts = new TreeMap<>();
      List<String> wrong = new ArrayList<>();
      for (Future<String> result : results) {
        try {
          counts.merge(result.get(), 1, Integer::sum);
        } catch (ExecutionException e) {
          wrong.add(e.getCause().toString());
        }
      }
      assertEquals("", String.join("\n", wrong), () -> wrong.size() + " of " + blows.size());
      return counts;
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Path> half(Path run) throws IOException {
    if (!Files.exists(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(f -> f.toString().endsWith(".tmp")).toList();
    }
  }

  /** Goes on, or begins where nothing was begun, and ends as the whole run. */
  private static void finish(Path run, String when) throws Exception {
    boolean begun = Files.exists(run.resolve("checkpoint.safetensors"));
    assertTrue(begun || !Files.exists(run.resolve("config.json")), when);
    String[] on = {"train", "--resume", run.toString()};
    ChildJvm.Result r = ChildJvm.run(env, List.of(), begun ? on : command(run));
    if (r.err().contains("has " + EPOCHS + " epochs already")) {
      r = ChildJvm.run(env, List.of(), "report", run.toString());
    }
    assertEquals(0, r.status(), when + ": " + r.err());
    assertEquals("", r.err(), when);
    assertTrue(Files.exists(run.resolve("report.html")), when);
    assertEquals(List.of(), half(run), when);
    SmallTraining.assertSame(whole, run, when);
  }

  private static String once(Path run, int signal, long after, Map<String, String> with)
      throws Exception {
    String when = NAMES.get(signal) + " after " + after + " ms";
    SignalledProcess process = SignalledProcess.start(NAMES.get(signal), with, command(run));
    process.send(after);
    ChildJvm.Result r = process.end();
    boolean machines = r.out().startsWith(UNBORN) && r.status() == 1;
    String where = r.status() == 0 ? "when it was over" : where(run, r, when);
    boolean stopped = r.status() != 0 && !machines;
    assertEquals(stopped ? STATUSES.get(signal) : r.status(), r.status(), when + ": " + r);
    assertEquals(List.of(), half(run), when);
    finish(run, when);
    return where;
  }

  /** Which promise holds, by what was said. */
  private static String where(Path run, ChildJvm.Result r, String when) {
    String err = r.err().strip();
    if (r.out().contains("Go on with: ")) {
      assertEquals(STOPPING, err, when);
      assertTrue(r.out().contains("train --resume " + run), when);
      return "within the training";
    }
    if (!Files.exists(run.resolve("config.json"))) {
      assertEquals("", err, when);
      return "before the run";
    }
    assertFalse(r.out().contains("Go on with"), when);
    if (r.out().contains("Report: ")) {
      return "when it was over";
    }
    String last = err.substring(err.lastIndexOf('\n') + 1);
    assertTrue(last.startsWith("vae-ocl: no report; make it with: "), when + ": " + r);
    assertTrue(last.endsWith(" report " + run), when + ": " + r);
    return "within the report";
  }

  @Test
  void whateverTheMomentTheRunGoesOn() throws Exception {
    Random random = new Random(SEED);
    List<Blow> blows = new ArrayList<>();
    for (int i = 0; i < MOMENTS; i++) {
      int signal = i % NAMES.size();
      long after = random.nextInt((int) (1.2 * millis));
      blows.add(run -> once(run, signal, after, env));
    }
    Map<String, Integer> counts = all(blows, "once");
    System.out.println("signals: " + MOMENTS + ", seed " + SEED + ": " + counts);
    assertTrue(counts.getOrDefault("within the training", 0) > 0, counts.toString());
  }

  /** So it does where the kernels are compiled for the first time. */
  @Test
  void theFirstStartOfAllMayBeStopped() throws Exception {
    Random random = new Random(SEED);
    List<Blow> blows = new ArrayList<>();
    for (int i = 0; i < MOMENTS / 5; i++) {
      int signal = i % NAMES.size();
      long after = random.nextInt((int) coldMillis);
      String cache = Files.createDirectory(temp.resolve("cache" + i)).toString();
      blows.add(run -> once(run, signal, after, Map.of("POCL_CACHE_DIR", cache)));
    }
    System.out.println("signals, first start: " + all(blows, "first"));
  }

  /** The second signal ends it at once, also in the middle of a file. */
  @Test
  void twiceLeavesNothingHalfWritten() throws Exception {
    Random random = new Random(SEED);
    List<Blow> blows = new ArrayList<>();
    for (int i = 0; i < MOMENTS / 3; i++) {
      int signal = i % NAMES.size();
      long after = (long) ((0.3 + 0.5 * random.nextDouble()) * millis);
      long between = random.nextInt(40);
      blows.add(run -> twice(run, signal, after, between));
    }
    System.out.println("signals, twice: " + all(blows, "twice"));
  }

  private static String twice(Path run, int signal, long after, long between) throws Exception {
    String name = NAMES.get(signal);
    String when = name + " after " + after + " and " + between + " ms";
    SignalledProcess process = SignalledProcess.start(name, env, command(run));
    process.send(after);
    process.send(between);
    ChildJvm.Result r = process.end();
    assertTrue(r.status() == 0 || r.status() == STATUSES.get(signal), when + ": " + r);
    assertFalse(r.err().contains("cannot"), when + ": " + r);
    List<Path> half = half(run);
    finish(run, when);
    assertEquals(List.of(), half, when);
    boolean stopped = r.out().contains("Go on with: ");
    return stopped ? "saved before the second" : "ended at once, or by the first";
  }

  /** The terminal is gone: nobody reads any more. */
  @Test
  void aTerminalThatGoesCostsNothing() throws Exception {
    Path run = temp.resolve("gone");
    String[] args = training.command(run, 100_000, "--checkpoint-every", 3);
    Process process = ChildJvm.start(List.of("env", "--default-signal=HUP"), env, List.of(), args);
    while (!Files.exists(run.resolve("metrics.csv")) && process.isAlive()) {
      Thread.sleep(5);
    }
    process.getInputStream().close();
    ChildJvm.signal(process, "HUP");
    assertEquals(129, process.waitFor());
    int more = SmallTraining.figures(run).size() + 1;
    Outcome o = CommandRun.run("train", "--resume", run, "--epochs", more, "--no-report");
    assertEquals(0, o.status(), o.err());
    Path other = temp.resolve("stayed");
    training.ok(other, more, "--no-report");
    SmallTraining.assertSame(other, run, "the terminal was gone");
  }
}
