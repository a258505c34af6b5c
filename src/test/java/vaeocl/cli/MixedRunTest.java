package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Safetensors;

/** Files of a run folder that are damaged, edited or of another run. */
class MixedRunTest {
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String MODEL = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final String METRICS = "metrics.csv";

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path run;
  private static int copies;

  @BeforeAll
  static void train() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 40, "--hidden", 20, "--no-report");
    run = temp.resolve("run");
    training.ok(run, 1);
    training.ok(temp.resolve("seed"), 1, "--seed", 2);
    training.ok(temp.resolve("net"), 1, "--latent", 3);
    training.ok(temp.resolve("rate"), 1, "--learning-rate", 0.002);
  }

  private static Path copy() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("copy" + copies++));
    for (String name : new String[] {CONFIG, METRICS, MODEL, CHECKPOINT}) {
      Files.copy(run.resolve(name), folder.resolve(name));
    }
    return folder;
  }

  private static void take(Path folder, String from, String name) throws IOException {
    Path file = temp.resolve(from).resolve(name);
    Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void edit(Path folder, String name, UnaryOperator<String> change)
      throws IOException {
    Path file = folder.resolve(name);
    String before = Files.readString(file);
    String after = change.apply(before);
    assertFalse(before.equals(after), name + " holds what is to be changed");
    Files.writeString(file, after);
  }

  private static Outcome resume(Path folder) {
    return CommandRun.run("train", "--resume", folder, "--epochs", 2, "--no-report");
  }

  @Test
  void anyFlippedBitOfACheckpointIsNoticed() throws IOException {
    Path folder = copy();
    Path file = folder.resolve(CHECKPOINT);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < 60; i++) {
      byte[] bad = good.clone();
      int at = (int) ((long) i * (good.length - 1) / 59);
      bad[at] ^= (byte) (1 << (i % 8));
      Files.write(file, bad);
      assertRefused(resume(folder), CHECKPOINT);
      assertRefused(CommandRun.run("eval", file, "--data", training.digits()), CHECKPOINT);
    }
    Files.write(file, good);
    assertEquals("", resume(folder).err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "net", "rate"})
  void filesOfAnotherRunAreNoticed(String other) throws IOException {
    Path folder = copy();
    take(folder, other, CHECKPOINT);
    assertRefused(resume(folder), CHECKPOINT + ": is of another run than config.json");

    folder = copy();
    take(folder, other, MODEL);
    assertRefused(resume(folder), MODEL + ": is of another run than config.json");
    for (String command : new String[] {"eval", "report", "encode", "generate"}) {
      assertRefused(CommandRun.run(command, folder), MODEL + ": is of another run");
    }
    Files.delete(folder.resolve(CHECKPOINT));
    assertRefused(CommandRun.run("eval", folder), MODEL + ": is of another run");

    folder = copy();
    take(folder, other, METRICS);
    assertRefused(resume(folder), METRICS + ": was edited since the run wrote it");

    folder = copy();
    take(folder, other, CONFIG);
    assertRefused(resume(folder), "config.json was edited since the run wrote it");
  }

  @Test
  void aModelWithAFlippedBitIsNoticedInItsRun() throws IOException {
    Path folder = copy();
    Path file = folder.resolve(MODEL);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 400] ^= 1;
    Files.write(file, bytes);
    assertRefused(CommandRun.run("eval", folder), MODEL + ": is not the one that the run wrote");
    assertRefused(resume(folder), MODEL + ": is not the one that the run wrote");
    Files.delete(file);
    assertEquals(0, resume(folder).status());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"seed\" : 1,', '\"seed\" : 7,', seed is 7 where the checkpoint has 1",
    "'\"beta\" : 1.0', '\"beta\" : 2.0', beta is 2.0 where the checkpoint has 1.0",
    "'\"train_images\" : 200', '\"train_images\" : 100', dataset.train_images is 100",
    "'\"hidden\" : 20', '\"hidden\" : 30', hidden is 30"
  })
  void anEditedConfigurationIsNamed(String from, String to, String said) throws IOException {
    Path folder = copy();
    edit(folder, CONFIG, text -> text.replace(from, to));
    Outcome o = resume(folder);
    assertRefused(o, "config.json was edited since the run wrote it");
    assertTrue(o.err().contains(said), o.err());
    Outcome eval = CommandRun.run("eval", folder);
    assertEquals(0, eval.status(), eval.err());
    assertEquals(1, eval.err().strip().lines().count(), eval.err());
    assertTrue(eval.err().contains(said), eval.err());
    Outcome report = CommandRun.run("report", folder);
    assertTrue(report.err().contains(said), report.err());
    Files.delete(folder.resolve(CONFIG));
    assertEquals("", resume(folder).err());
    assertTrue(Files.readString(folder.resolve(CONFIG)).contains(from), "written anew");
  }

  /** The checkpoint holds it too, and the model knows its images. */
  @Test
  void aDamagedConfigurationIsSaidOnce() throws IOException {
    Path folder = copy();
    edit(folder, CONFIG, text -> text.substring(0, text.length() / 2));
    Path out = temp.resolve("of-damaged");
    Object[][] commands = {
      {"eval", folder},
      {"eval", folder, "--data", training.digits()},
      {"encode", folder, "--out", out + ".npy"},
      {"reconstruct", folder, "--count", 4, "--out", out + ".png"},
      {"generate", folder, "--between", "1,2", "--out", out + ".png"},
      {"export", folder, "--onnx", out + ".onnx"},
    };
    for (Object[] command : commands) {
      assertDamageIsSaidOnce(command);
    }
    Outcome report = CommandRun.run("report", folder);
    assertEquals(0, report.status(), report.err());
    List<String> said = report.err().strip().lines().toList();
    assertEquals(2, said.size(), report.err());
    assertTrue(said.get(0).contains(CONFIG + ": holds no configuration"), report.err());
    assertTrue(said.get(1).contains("no configuration: the page cannot say"), report.err());
    assertTrue(Files.exists(folder.resolve("reconstructions.png")), "its images are known");
    Files.delete(folder.resolve(CHECKPOINT));
    assertDamageIsSaidOnce("eval", folder, "--data", training.digits());
  }

  private static void assertDamageIsSaidOnce(Object... command) {
    Outcome o = CommandRun.run(command);
    assertEquals(0, o.status(), o.err());
    assertEquals(1, o.err().strip().lines().count(), o.err());
    assertTrue(o.err().contains(CONFIG + ": holds no configuration of a run: "), o.err());
  }

  @Test
  void editedEpochsAreNamedAndDoNotStopARun() throws IOException {
    Path folder = copy();
    edit(folder, CONFIG, text -> text.replace("\"epochs\" : 1,", "\"epochs\" : 30,"));
    Outcome o = resume(folder);
    assertEquals(0, o.status(), o.err());
    assertEquals(1, o.err().strip().lines().count(), o.err());
    assertTrue(o.err().contains("epochs is 30 where the checkpoint has 1"), o.err());
  }

  @Test
  void anotherLayoutOfTheSameConfigurationIsGood() throws IOException {
    Path folder = copy();
    edit(folder, CONFIG, text -> text.replace("\n  ", "\n\t"));
    assertEquals("", CommandRun.run("eval", folder).err());
    assertEquals("", resume(folder).err());
  }

  @Test
  void anEarlierCheckpointHasNothingToCheck() throws IOException {
    Path folder = copy();
    Path file = folder.resolve(CHECKPOINT);
    Safetensors found = Safetensors.read(file);
    Map<String, String> metadata = new TreeMap<>(found.metadata());
    metadata.keySet().removeIf(key -> key.endsWith("sha256") || key.equals("run"));
    metadata.put("kind", "vae-ocl checkpoint 2");
    Safetensors.write(file, found.tensors(), metadata);
    assertEquals("", resume(folder).err());
    Path two = temp.resolve("two");
    training.ok(two, 2, "--no-film"); // earlier versions kept none
    SmallTraining.assertSame(two, folder, "from an earlier checkpoint");
  }

  @Test
  void equalRunsHaveEqualModels() throws IOException {
    Path again = temp.resolve("again");
    Outcome o = CommandRun.run((Object[]) training.command(again, 2));
    assertEquals(0, o.status(), o.err());
    Path folder = copy();
    assertEquals("", resume(folder).err());
    SmallTraining.assertSameModel(again, folder, "another folder, time and way");
  }

  @Test
  void whatAKillLeavesIsGood() throws IOException {
    Path two = copy();
    assertEquals("", resume(two).err());
    String[][] newer = {{METRICS}, {METRICS, MODEL}, {METRICS, MODEL, CHECKPOINT}};
    for (String[] names : newer) {
      Path folder = copy();
      for (String name : names) {
        Files.copy(two.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      if (names.length == 3) {
        Files.copy(
            two.resolve(CONFIG), folder.resolve(CONFIG), StandardCopyOption.REPLACE_EXISTING);
      }
      assertEquals("", CommandRun.run("eval", folder).err());
      assertEquals("", CommandRun.run("train", "--resume", folder, "--epochs", 3).err());
    }
  }
}
