package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;

/**
 * Trainings of small nets on a few digits, on PoCL.
 *
 * @param digits a folder in MNIST's format
 * @param options of every training, behind data, device, epochs and run folder
 */
record SmallTraining(Path digits, List<String> options) {

  /** Draws the digits; skips the tests where there is no PoCL. */
  static SmallTraining of(Path digits, int train, int test, Object... options) throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    TestData.digitsFolder(digits, train, test);
    return new SmallTraining(digits, Arrays.stream(options).map(Object::toString).toList());
  }

  /** The words of a command, each option and value a word of its own. */
  String[] command(Path folder, int epochs, Object... more) {
    List<String> words = new ArrayList<>(List.of("train", "--data", digits.toString()));
    words.addAll(List.of("--device", "Portable", "--epochs", Integer.toString(epochs)));
    words.addAll(List.of("--out", folder.toString()));
    words.addAll(options);
    Arrays.stream(more).map(Object::toString).forEach(words::add);
    return words.toArray(String[]::new);
  }

  Outcome run(Path folder, int epochs, Object... more) {
    return CommandRun.run((Object[]) command(folder, epochs, more));
  }

  /** A training that has nothing to complain of; what it prints. */
  String ok(Path folder, int epochs, Object... more) {
    return CommandRun.ok((Object[]) command(folder, epochs, more));
  }

  /** The lines of metrics.csv but for their times. */
  static List<String> figures(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv")).stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){10})[^,]*,[^,]*,", "$1"))
        .toList();
  }

  /** The models of two runs are the same to the bit. */
  static void assertSameModel(Path expected, Path actual, String when) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(expected.resolve("model.safetensors")),
        Files.readAllBytes(actual.resolve("model.safetensors")),
        when);
  }

  /** Two runs are the same, times apart. */
  static void assertSame(Path expected, Path actual, String when) throws IOException {
    assertSameModel(expected, actual, when);
    assertArrayEquals(film(expected), film(actual), when + ": film.bin");
    assertEquals(figures(expected), figures(actual), when);
  }

  /** How the latent space grew; nothing where it was not kept. */
  static byte[] film(Path folder) throws IOException {
    Path film = folder.resolve("film.bin");
    return Files.exists(film) ? Files.readAllBytes(film) : new byte[0];
  }
}
