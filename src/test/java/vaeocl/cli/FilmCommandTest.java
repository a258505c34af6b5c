package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Film;

/** {@code train}'s film of the latent space. */
class FilmCommandTest {
  private static final int TEST_IMAGES = 40;

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    Object[] options = {"--hidden", 20, "--batch-size", 100, "--no-report"};
    training = SmallTraining.of(temp.resolve("digits"), 200, TEST_IMAGES, options);
    run = temp.resolve("run");
    training.ok(run, 3);
  }

  private static Film film(Path folder) throws IOException {
    return Film.read(folder.resolve("film.bin"));
  }

  private static List<Integer> epochs(Path folder) throws IOException {
    return film(folder).frames().stream().map(Film.Frame::epoch).toList();
  }

  @Test
  void everyEpochHasItsFrameAndTheLastIsTheModels() throws IOException {
    assertEquals(List.of(0, 1, 2, 3), epochs(run));
    Film film = film(run);
    assertEquals(TEST_IMAGES, film.head().images());
    assertEquals(12 * 28, film.head().rows());
    Path codes = temp.resolve("codes.npy");
    CommandRun.ok("encode", run, "--device", "Portable", "--out", codes);
    float[] all = TrainedModels.floats(codes, TEST_IMAGES, 2, 2);
    Film.Frame last = film.frames().get(3);
    for (int i = 0; i < TEST_IMAGES; i++) {
      assertEquals(all[4 * i], last.mu()[2 * i], 1e-3 * (1 + Math.abs(all[4 * i])));
      assertEquals(all[4 * i + 1], last.mu()[2 * i + 1], 1e-3 * (1 + Math.abs(all[4 * i + 1])));
    }
  }

  @Test
  void longRunsKeepFortyFramesWhereverTheyWereInterrupted() throws IOException {
    Path whole = temp.resolve("whole");
    training.ok(whole, 45);
    List<Integer> kept = epochs(whole);
    assertEquals(40, kept.size());
    assertEquals(0, kept.get(0));
    assertEquals(45, kept.get(39));
    Path longer = temp.resolve("longer");
    training.ok(longer, 10);
    assertEquals(IntStream.rangeClosed(0, 10).boxed().toList(), epochs(longer));
    for (int epochs : new int[] {39, 42, 45}) {
      CommandRun.ok("train", "--resume", longer, "--epochs", epochs, "--no-report");
      assertEquals(Math.min(epochs + 1, 40), epochs(longer).size());
    }
    SmallTraining.assertSame(whole, longer, "interrupted");
    assertArrayEquals(SmallTraining.film(whole), SmallTraining.film(longer));
  }

  @Test
  void itChangesNothingAndCanBeLeftOut() throws IOException {
    Path plain = temp.resolve("plain");
    training.ok(plain, 3, "--no-film");
    assertFalse(Files.exists(plain.resolve("film.bin")));
    SmallTraining.assertSameModel(run, plain, "with a film");
    assertEquals(SmallTraining.figures(run), SmallTraining.figures(plain));
    // What has none goes on without; and that is not for a resumption to say.
    assertRefused(
        CommandRun.run("train", "--resume", plain, "--epochs", 4, "--no-film"),
        "--no-film cannot be given with --resume");
    CommandRun.ok("train", "--resume", plain, "--epochs", 4, "--no-report");
    assertFalse(Files.exists(plain.resolve("film.bin")));
  }

  @Test
  void anyNetHasOne() throws IOException {
    Object[][] nets = {
      {"--latent", 1}, {"--latent", 300}, {"--objective", "ae", "--latent", 3}, {"--binarize=fixed"}
    };
    for (Object[] net : nets) {
      Path folder = temp.resolve("net" + net[net.length - 1]);
      training.ok(folder, 2, net);
      assertEquals(List.of(0, 1, 2), epochs(folder));
    }
    assertEquals(28, film(temp.resolve("net1")).head().rows());
  }

  @Test
  void anothersIsNamedAndNotUsed() throws IOException {
    Path folder = temp.resolve("mixed");
    training.ok(folder, 1, "--seed", 9);
    Path film = folder.resolve("film.bin");
    byte[] own = Files.readAllBytes(film);
    Files.copy(run.resolve("film.bin"), film, StandardCopyOption.REPLACE_EXISTING);
    Outcome resumed = CommandRun.run("train", "--resume", folder, "--epochs", 2, "--no-report");
    assertTrue(resumed.err().contains("film.bin: is of another run"), resumed.err());
    Outcome report = CommandRun.run("report", folder, "--device", "Portable");
    assertEquals(0, report.status());
    assertTrue(report.err().contains("no film: "), report.err());
    assertFalse(Files.exists(folder.resolve("latent.gif")));
    Files.write(film, own);
    assertEquals("", CommandRun.run("report", folder, "--device", "Portable").err());
    assertTrue(Files.exists(folder.resolve("latent.gif")));
    Files.delete(film);
    Files.delete(folder.resolve("latent.gif"));
    assertEquals("", CommandRun.run("report", folder, "--device", "Portable").err());
    assertFalse(Files.exists(folder.resolve("latent.gif")));
  }
}
