package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;

/** What a process holds stays what it was, and at its end it holds nothing. */
class LongRunCampaign {
  private static final int EPOCHS = 200;

  /** By then everything has run, and what is compiled is compiled. */
  private static final int SETTLED = 50;

  /** All of it resident from the start: how the JVM sizes its heap is not what is looked at. */
  private static final String HEAP = "-Xms128m -Xmx128m -XX:+AlwaysPreTouch";

  /** Bytes an epoch: the result of each is kept. */
  private static final double HEAP_SLOPE = 4096;

  /** Bytes an epoch: 6 MB over the 150 epochs looked at. */
  private static final double RESIDENT_SLOPE = 40_000;

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path whole;
  private static Path counts;
  private static Map<String, String> env;

  @BeforeAll
  static void train() throws Exception {
    counts = temp.resolve("handles");
    env = Handles.environment(temp, counts);
    training = SmallTraining.of(temp.resolve("digits"), 2000, 200);
    whole = temp.resolve("whole");
    training.ok(whole, 2);
  }

  @Test
  void anEpochHoldsWhatTheEpochBeforeHeld() throws Exception {
    String[] args = training.command(temp.resolve("long"), EPOCHS);
    Map<String, String> fixed = new HashMap<>(env);
    fixed.put("JDK_JAVA_OPTIONS", HEAP);
    ChildJvm.Result r = ChildJvm.runMain(fixed, LongRun.class, args);
    assertEquals(0, r.status(), r.err());
    List<long[]> held =
        r.out()
            .lines()
            .filter(l -> l.startsWith("held "))
            .map(l -> Arrays.stream(l.split(" ", -1)).skip(1).mapToLong(Long::parseLong).toArray())
            .toList();
    assertEquals(EPOCHS, held.size());
    SimpleRegression heap = new SimpleRegression();
    SimpleRegression resident = new SimpleRegression();
    for (int epoch = SETTLED; epoch < EPOCHS; epoch++) {
      heap.addData(epoch, (double) held.get(epoch)[0]);
      resident.addData(epoch, 1024.0 * held.get(epoch)[1]);
    }
    long[] last = held.get(EPOCHS - 1);
    System.out.printf(
        Locale.ROOT,
        "long run: heap %.1f MB, %+.0f B an epoch; resident %.1f MB, %+.0f B an epoch; device %s%n",
        last[0] / 1e6,
        heap.getSlope(),
        last[1] / 1e3,
        resident.getSlope(),
        Arrays.toString(Arrays.copyOfRange(last, 2, last.length)));
    for (long[] epoch : held) {
      assertArrayEquals(
          Arrays.copyOfRange(held.get(0), 2, last.length),
          Arrays.copyOfRange(epoch, 2, last.length));
    }
    assertTrue(heap.getSlope() < HEAP_SLOPE, heap.getSlope() + " bytes of heap an epoch");
    double slope = resident.getSlope();
    assertTrue(slope < RESIDENT_SLOPE, slope + " bytes of resident memory an epoch");
    assertNothingLeft("200 epochs");
  }

  private static void assertNothingLeft(String when) throws Exception {
    Handles handles = Handles.read(counts);
    assertArrayEquals(new long[handles.alive().length], handles.alive(), when);
    assertTrue(handles.ever()[0] > 0, when + " used no device");
  }

  /** Every command that opens a device, also where it fails. */
  @Test
  void nothingIsLeftAtTheEnd() throws Exception {
    Path digits = training.digits();
    Path codes = temp.resolve("codes.npy");
    Object[][] commands = {
      training.command(temp.resolve("trained"), 1),
      {"train", "--resume", temp.resolve("trained"), "--epochs", 2},
      training.command(temp.resolve("diverged"), 2, "--learning-rate", 1e30),
      {"check", "--small", "--only", "Dense", "--device", "Portable"},
      {"bench", "--data", digits, "--repeats", 1, "--only", "fc4"},
      {"profile", "--data", digits, "--steps", 2},
      {"eval", whole},
      {"eval", whole, "--bits", 4},
      {"encode", whole, "--out", codes},
      {"decode", whole, codes, "--out", temp.resolve("images.npy")},
      {"reconstruct", whole, "--count", 4, "--out", temp.resolve("pairs.png")},
      {"generate", whole, "--grid", 3, "--out", temp.resolve("grid.png")},
      {"report", whole},
    };
    for (Object[] command : commands) {
      String[] words = Arrays.stream(command).map(Object::toString).toArray(String[]::new);
      ChildJvm.Result r = ChildJvm.run(env, List.of(), words);
      boolean diverges = List.of(words).contains("--learning-rate");
      assertEquals(diverges ? Cli.FAILED : Cli.OK, r.status(), r.err());
      assertNothingLeft(String.join(" ", words));
      Files.delete(counts);
    }
    System.out.println("long run: " + commands.length + " commands leave no handle");
  }
}
