package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Idx;
import vaeocl.formats.Safetensors;
import vaeocl.formats.Sha256;

/** Images meet a run: those it was trained with, or others. */
class RunImagesTest {
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path run;
  private static Path other;

  @BeforeAll
  static void train() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 40, "--hidden", 20);
    run = temp.resolve("run");
    training.ok(run, 1);
    other = TestData.digitsFolder(temp.resolve("other"), 210, 40);
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Sha256.of(file));
      }
    }
    return contents;
  }

  private static Object[] words(String line, Path folder, Path out) {
    return line.replace("RUN", folder.toString()).replace("OUT", out.toString()).split(" ");
  }

  private static void put(Path from, String name) throws IOException {
    Path to = training.digits().resolve(name);
    Files.copy(from.resolve(name), to, StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval RUN",
        "report RUN",
        "encode RUN --out OUT.npy",
        "encode RUN --bits 4 --out OUT.codes",
        "reconstruct RUN --out OUT.npy",
        "generate RUN --between 1,2 --out OUT.npy",
        "train --resume RUN --epochs 2"
      })
  void otherContentsUnderTheSameNamesAreRefused(String line) throws IOException {
    Map<String, String> before = contents(run);
    Path saved = TestData.digitsFolder(temp.resolve("saved"), 200, 40);
    Path out = temp.resolve("never");
    try {
      byte[] pixels = Files.readAllBytes(saved.resolve(TEST_IMAGES));
      pixels[pixels.length - 1] ^= 1;
      Files.write(training.digits().resolve(TEST_IMAGES), pixels);
      assertRefused(CommandRun.run(words(line, run, out)), "these are not the images of the run");

      // Of another size.
      for (int part = 0; part < 2; part++) {
        int n = part == 0 ? 200 : 40;
        String name = part == 0 ? "train-images-idx3-ubyte" : TEST_IMAGES;
        new Idx(new int[] {n, 5, 5}, new byte[n * 25]).write(training.digits().resolve(name));
      }
      assertRefused(CommandRun.run(words(line, run, out)), "these are not the images of the run");
    } finally {
      put(saved, TEST_IMAGES);
      put(saved, "train-images-idx3-ubyte");
    }
    assertEquals(before, contents(run), "nothing was written");
    assertTrue(Files.notExists(temp.resolve("never.npy")));
  }

  @Test
  void othersThatTheUserNamesAreSaid() {
    for (String line :
        new String[] {
          "eval RUN", "encode RUN --out OUT.npy", "generate RUN --between 1,2 --out OUT.npy"
        }) {
      String all = line + " --data ";
      Outcome o = CommandRun.run(words(all + other, run, temp.resolve("named")));
      assertEquals(0, o.status(), o.err());
      assertEquals(1, o.err().strip().lines().count(), o.err());
      assertTrue(o.err().contains("not the images that the run was trained with"), o.err());
      CommandRun.ok(words(all + training.digits(), run, temp.resolve("named")));
    }
  }

  @Test
  void aReportIsOfItsRunsImagesAlone() throws IOException {
    Map<String, String> before = contents(run);
    assertRefused(
        CommandRun.run("report", run, "--data", other), "these are not the images of the run");
    assertEquals(before, contents(run));
  }

  @Test
  void aFileThatCannotSayWhereItsImagesAreWantsThemNamed() throws IOException {
    Path file = run.resolve("model.safetensors");
    assertRefused(CommandRun.run("eval", file), "name their folder with --data");
    CommandRun.ok("eval", file, "--data", training.digits());
    Outcome o = CommandRun.run("eval", file, "--data", other);
    assertEquals(0, o.status(), o.err());
    assertTrue(o.err().contains("not the images that the model was trained with"), o.err());

    // As earlier versions wrote it: a name alone.
    Safetensors model = Safetensors.read(file);
    Path named = temp.resolve("named.safetensors");
    for (String name : new String[] {"idx", "unknown", "fashion"}) {
      Map<String, String> metadata = new TreeMap<>(model.metadata());
      metadata.keySet().removeAll(List.of("dataset_sha256", "images_sha256"));
      metadata.put("dataset", name);
      Safetensors.write(named, model.tensors(), metadata);
      assertRefused(CommandRun.run("eval", named), "name their folder with --data");
      CommandRun.ok("eval", named, "--data", other);
    }
    Map<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.keySet().removeAll(List.of("dataset_sha256", "images_sha256"));
    metadata.put("dataset", "mnist");
    Safetensors.write(named, model.tensors(), metadata);
    o = CommandRun.run("eval", named, "--data", other);
    assertEquals(0, o.status(), o.err());
    assertTrue(o.err().contains("was trained with (mnist)"), o.err());
  }

  @Test
  void whatIsCalledMnistIsMnist() {
    Outcome o = training.run(temp.resolve("as-if"), 1, "--dataset", "mnist");
    assertRefused(o, "its images are not MNIST's, by their checksum");
    assertTrue(Files.notExists(temp.resolve("as-if")));
  }
}
