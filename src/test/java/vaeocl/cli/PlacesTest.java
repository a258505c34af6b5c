package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;

/** Folders that are not what they should be. */
class PlacesTest {
  private static final Map<String, String> ASCII = Map.of("LC_ALL", "C");

  @TempDir static Path temp;
  private static Path digits;

  @BeforeAll
  static void draw() throws IOException {
    digits = TestData.digitsFolder(temp.resolve("digits"), 200, 40);
  }

  private static Path folder(String name) throws IOException {
    return Files.createDirectories(temp.resolve(name));
  }

  private static Process start(Path folder, Map<String, String> env, Object... args)
      throws IOException {
    List<String> words = Stream.of(args).map(Object::toString).toList();
    return ChildJvm.start(
        List.of("env", "-C", folder.toString()), env, List.of(), words.toArray(String[]::new));
  }

  private static Outcome in(Path folder, Map<String, String> env, Object... args)
      throws IOException, InterruptedException {
    ChildJvm.Result r = ChildJvm.finish(start(folder, env, args));
    return new Outcome(r.status(), r.out(), r.err());
  }

  /** Bytes that are not ASCII, made by a shell, whatever the tests' own locale is. */
  private static Path accented() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Paths.get("/bin/sh")));
    int status =
        new ProcessBuilder(
                "sh", "-c", "mkdir -p \"$1/$(printf 'donn\\303\\251es')\"", "sh", temp + "")
            .inheritIO()
            .start()
            .waitFor();
    assertEquals(0, status);
    try (Stream<Path> all = Files.list(temp)) {
      return all.filter(p -> p.getFileName().toString().startsWith("donn"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return new HashSet<>(all.map(p -> p.getFileName().toString()).toList());
    }
  }

  @Test
  void aLocaleThatCannotNameTheFolderIsSaidBeforeAnythingIsWritten() throws Exception {
    Path accented = accented();
    Set<String> before = names(temp);
    for (Object[] args :
        new Object[][] {
          {"train", "--data", digits, "--out", "r"},
          {"train", "--data", digits},
          {"eval", "r", "--data", digits},
          {"train", "--data", digits, "--out", accented.resolve("r")},
          {"train", "--data", accented, "--out", temp.resolve("r")},
        }) {
      Outcome o = in(accented, ASCII, args);
      assertRefused(o, "set LC_ALL=C.UTF-8");
      assertFalse(o.err().contains("java."), o.err());
    }
    assertEquals(Set.of(), names(accented));
    assertEquals(before, names(temp));
    assertEquals(0, in(accented, ASCII, "--help").status());
    assertRefused(in(accented, ASCII, "eval", temp.resolve("nowhere")), "no such file");
  }

  @Test
  void digitsOfALocaleStandNowhere() throws Exception {
    ChildJvm.Result r =
        ChildJvm.run(
            Map.of(),
            List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab"),
            "encode",
            "nowhere",
            "--bits",
            "17");
    assertEquals("vae-ocl: --bits must be 2 to 16, not 17\n", r.err());
  }

  @Test
  void fourTrainingsOfOneSecondGetFoldersOfTheirOwn() throws Exception {
    ChildJvm.needs(ChildJvm.POCL);
    Path folder = folder("four");
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          start(
              folder,
              Map.of(),
              "train",
              "--data",
              digits,
              "--epochs",
              1,
              "--hidden",
              8,
              "--no-report",
              "--device",
              "Portable"));
    }
    Set<String> results = new HashSet<>();
    for (Process process : all) {
      ChildJvm.Result r = ChildJvm.finish(process, ChildJvm.HANGS);
      assertEquals(0, r.status(), r.err());
      results.add(r.out().lines().filter(l -> l.startsWith("Results: ")).findFirst().orElseThrow());
    }
    assertEquals(4, results.size(), results.toString());
    assertEquals(4, names(folder.resolve("runs")).size());
  }

  @Test
  void somebodysFilesAreNotWrittenOver() throws IOException {
    for (String name : List.of("report.html", "loss.png", "kl.png")) {
      Path mine = folder("mine-" + name);
      Files.writeString(mine.resolve(name), "mine");
      assertRefused(CommandRun.run("train", "--data", digits, "--out", mine), "holds " + name);
      assertEquals("mine", Files.readString(mine.resolve(name)));
      assertEquals(Set.of(name), names(mine));
    }
  }

  @Test
  void outputsThatCannotBeAreFoundOutFirst() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    for (Object[] args :
        new Object[][] {
          {"train", "--out", file},
          {"train", "--out", file.resolve("below")},
          {"bench", "--json", temp},
          {"profile", "--trace", file.resolve("below")},
        }) {
      Outcome o = CommandRun.run(args);
      assertRefused(o, args[1] + " " + args[2]);
      assertEquals("", o.out());
    }
  }

  @Test
  void tooFewImagesForBenchAreSaid() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    Path few = TestData.digitsFolder(temp.resolve("few"), 100, 20);
    assertRefused(
        CommandRun.run("bench", "--data", few, "--device", "Portable"),
        "--batch-size 128 is larger than the training set of 100 images");
  }
}
