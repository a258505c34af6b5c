package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.Safetensors;

/**
 * A run that was interrupted and went on is, times apart, the run that was not.
 *
 * <p>Longer than 250 lines: a case for each way to stop and to go on.
 */
class ResumeTest {
  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path whole;

  @BeforeAll
  static void train() throws IOException {
    Object[] options = {"--hidden", 30, "--latent", 3, "--seed", 5, "--batch-size", 64};
    training = SmallTraining.of(temp.resolve("digits"), 300, 40, options);
    whole = temp.resolve("whole");
    training.ok(whole, 3);
  }

  private static Outcome resume(Path folder, Object... more) {
    return CommandRun.run(
        Stream.concat(Stream.of("train", "--resume", folder), Stream.of(more)).toArray());
  }

  private static Outcome resume(Path folder, int epochs) {
    return resume(folder, "--epochs", epochs);
  }

  private static void assertEqualsWhole(Path folder) throws IOException {
    SmallTraining.assertSame(whole, folder, "the run without interruption");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void moreEpochsGoOnWithAFinishedRun() throws IOException {
    Path folder = temp.resolve("longer");
    training.ok(folder, 1);
    Outcome o = resume(folder, 3);
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    assertEqualsWhole(folder);
    String average = "Average Training Loss";
    assertTrue(o.out().contains(average), o.out());
    Outcome again = resume(folder);
    assertEquals(Cli.USER_ERROR, again.status());
    assertTrue(again.err().contains("has 3 epochs already"), again.err());
  }

  @Test
  void aRunGoesOnWithoutWhatItWasArrangedByAndWithItAgain() throws IOException {
    Path folder = temp.resolve("arranged");
    training.ok(folder, 1);
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    assertTrue(Safetensors.read(checkpoint).tensors().containsKey("mu"));
    System.setProperty("vaeocl.locality", "none");
    try {
      Outcome o = resume(folder, 2);
      assertEquals(0, o.status(), o.err());
      assertEquals("", o.err());
    } finally {
      System.clearProperty("vaeocl.locality");
    }
    assertFalse(Safetensors.read(checkpoint).tensors().containsKey("mu"));
    Outcome o = resume(folder, 3);
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    assertTrue(Safetensors.read(checkpoint).tensors().containsKey("mu"));
    assertEquals(SmallTraining.figures(whole).size(), SmallTraining.figures(folder).size());
  }

  @Test
  void anOlderCheckpointDropsLaterEpochs() throws IOException {
    Path folder = temp.resolve("older");
    training.ok(folder, 1);
    Path early = temp.resolve("early.safetensors");
    Files.copy(folder.resolve("checkpoint.safetensors"), early);
    Outcome longer = resume(folder, 3);
    assertEquals(0, longer.status(), longer.err());
    Files.copy(
        early, folder.resolve("checkpoint.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    Outcome o = resume(folder, 3);
    assertEquals(0, o.status(), o.err());
    assertTrue(o.out().contains("Going on with epoch 2 of 3"), o.out());
    assertEqualsWhole(folder);
  }

  @ParameterizedTest
  @CsvSource({"1,TERM,143", "4,HUP,129", "2,INT,130"})
  void aSignalWithinAnEpochIsNoLoss(int every, String signal, int status) throws Exception {
    Path folder = temp.resolve("signalled-" + every);
    // Many epochs: the signal comes in the middle of one.
    String[] args = training.command(folder, 100_000, "--checkpoint-every", every);
    // Tests in the background, or under nohup, ignore signals, and so would their children.
    List<String> heeding = List.of("env", "--default-signal=" + signal);
    Process process = ChildJvm.start(heeding, Map.of(), List.of(), args);
    Path metrics = folder.resolve("metrics.csv");
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(metrics) && process.isAlive() && System.nanoTime() < limit) {
      Thread.sleep(5);
    }
    ChildJvm.signal(process, signal);
    ChildJvm.Result result = ChildJvm.finish(process, ChildJvm.HANGS);
    assertEquals(status, result.status(), result.err());
    assertTrue(result.out().contains("train --resume " + folder), result.out());
    int done = SmallTraining.figures(folder).size() - 1;
    int more = done + 2;
    Outcome o = resume(folder, more);
    assertEquals(0, o.status(), o.err());
    Path other = temp.resolve("uninterrupted-" + every);
    training.ok(other, more);
    SmallTraining.assertSame(other, folder, "interrupted");
  }

  @Test
  void aModelCanBeWhereAnotherRunBegins() throws IOException {
    Path folder = temp.resolve("init");
    Path model = whole.resolve("model.safetensors");
    SmallTraining further =
        new SmallTraining(training.digits(), List.of("--init-from", model.toString()));
    further.ok(folder, 1);
    // Training went on from there: a fresh net is far worse in its first epoch.
    assertTrue(loss(folder, 1) < loss(whole, 3), loss(folder, 1) + " after " + loss(whole, 3));
    assertTrue(loss(whole, 1) > loss(whole, 3));

    Outcome wrong = further.run(temp.resolve("init-4"), 1, "--latent", 4);
    assertRefused(wrong, "--latent 4 does not fit");
  }

  private static double loss(Path folder, int epoch) throws IOException {
    return Double.parseDouble(SmallTraining.figures(folder).get(epoch).split(",", -1)[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed=2",
        "--latent=3",
        "--hidden=30",
        "--beta=1",
        "--batch-size=64",
        "--learning-rate=1e-3",
        "--tiling=cpu",
        "--out=elsewhere"
      })
  void whatTheRunDecidesCannotBeChanged(String option) {
    assertRefused(resume(whole, option), "cannot be given with --resume");
  }

  @Test
  void foldersThatAreNoRunAreRefused() throws IOException {
    assertRefused(resume(temp.resolve("nowhere")), "no such folder");
    assertRefused(resume(training.digits()), "holds no run");
    Path file = Files.writeString(temp.resolve("a-file"), "text");
    assertRefused(resume(file), "is not a folder");
  }

  @Test
  void theLargestIntervalIsNoTrouble() throws Exception {
    Path folder = temp.resolve("large-interval");
    String[] args = training.command(folder, 100_000, "--checkpoint-every", Integer.MAX_VALUE);
    Process process = ChildJvm.start(Map.of(), List.of(), args);
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(folder.resolve("metrics.csv")) && System.nanoTime() < limit) {
      Thread.sleep(5);
    }
    ChildJvm.signal(process, "TERM");
    assertEquals(143, ChildJvm.finish(process, ChildJvm.HANGS).status());
    int more = SmallTraining.figures(folder).size() + 2;
    Outcome o = resume(folder, more);
    assertEquals(0, o.status(), o.err());
    assertEquals(more, SmallTraining.figures(folder).size() - 1);
  }

  @Test
  void halfWrittenFilesGoAtOnce() throws IOException {
    Path folder = temp.resolve("killed");
    training.ok(folder, 1);
    Path half = Files.createFile(folder.resolve(".checkpoint.safetensors.8c1f.tmp"));
    Path report = Files.createFile(folder.resolve(".report.html.8c1f.tmp")); // may be in use
    assertEquals(0, resume(folder, 2).status());
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(report));
  }

  @Test
  void aFolderInUseIsLeftAlone() throws IOException {
    Path folder = temp.resolve("in-use");
    copy(whole, folder);
    try (var held = vaeocl.train.RunFolder.openToTrain(folder)) {
      assertRefused(resume(folder, 4), "is in use by another training");
      assertEquals(folder, held.path());
    }
    assertEquals(0, resume(folder, 4).status());
  }

  @Test
  void imagesThatMovedAreRemembered() throws IOException {
    Path moved = TestData.digitsFolder(temp.resolve("moved"), 300, 40);
    Path folder = temp.resolve("moved-run");
    copy(whole, folder);
    Outcome o = resume(folder, "--epochs", 4, "--data", moved);
    assertEquals(0, o.status(), o.err());
    assertTrue(Files.readString(folder.resolve("config.json")).contains(moved.toString()));
  }

  @Test
  void otherImagesAreRefused() throws IOException {
    Path other = TestData.digitsFolder(temp.resolve("other-digits"), 320, 40);
    Outcome o = resume(whole, "--epochs", 4, "--data", other);
    assertRefused(o, "not the images of the run");
  }

  @Test
  void damageIsToldAndNothingIsLost() throws IOException {
    Path folder = temp.resolve("damaged");
    for (String name : List.of("checkpoint.safetensors", "metrics.csv")) {
      copy(whole, folder);
      Path file = folder.resolve(name);
      try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
        f.setLength(f.length() / 2);
      }
      assertRefused(resume(folder, 4), name);
      SmallTraining.assertSameModel(whole, folder, name);
    }
    copy(whole, folder);
    Files.copy(
        whole.resolve("model.safetensors"),
        folder.resolve("checkpoint.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(resume(folder, 4), "holds no checkpoint");
    Files.delete(folder.resolve("checkpoint.safetensors"));
    assertRefused(resume(folder, 4), "has no checkpoint.safetensors");
  }

  @Test
  void aCheckpointOfAnotherNetIsRefused() throws IOException {
    Path small = temp.resolve("small");
    new SmallTraining(training.digits(), List.of("--hidden=20")).ok(small, 1);
    Path file = small.resolve("checkpoint.safetensors");
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String wider = text.replace("\\\"hidden\\\" : 20", "\\\"hidden\\\" : 30");
    assertFalse(wider.equals(text), "the configuration is in the checkpoint");
    Files.writeString(file, wider, StandardCharsets.ISO_8859_1);
    assertRefused(resume(small, 2), "do not fit the checksum it holds");
  }
}
