package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;

/** The report at the end of a training, and of runs that lack something. */
class ReportCommandTest {
  private static final List<String> PICTURES =
      List.of(
          "loss.png",
          "psnr.png",
          "ssim.png",
          "reconstructions.png",
          "extremes.png",
          "latent.png",
          "manifold.png",
          "samples.png",
          "interpolations.png",
          "kl.png");

  @TempDir static Path temp;
  private static SmallTraining training;
  private static Path whole;

  @BeforeAll
  static void train() throws IOException {
    training = SmallTraining.of(temp.resolve("digits"), 200, 60, "--hidden", 20);
    whole = temp.resolve("whole");
    String out = training.ok(whole, 2);
    assertTrue(out.contains("Report: " + whole.resolve("report.html")), out);
  }

  private static Path copy(String name, String... without) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    List<String> files = List.of("config.json", "metrics.csv", "model.safetensors", "film.bin");
    for (String file : files) {
      if (!List.of(without).contains(file)) {
        Files.copy(whole.resolve(file), folder.resolve(file));
      }
    }
    return folder;
  }

  private static Outcome report(Path folder) {
    return CommandRun.run("report", folder.toString());
  }

  @Test
  void trainingEndsWithAllPicturesAndThePage() throws IOException {
    for (String picture : PICTURES) {
      GreyImage image = Png.read(whole.resolve(picture));
      int first = image.pixels()[0];
      boolean blank = true;
      for (byte pixel : image.pixels()) {
        blank &= pixel == first;
      }
      assertFalse(blank, picture);
    }
    String page = Files.readString(whole.resolve("report.html"));
    assertTrue(page.contains("id=\"chart-loss\"") && page.contains("\"explorer\""));
  }

  @Test
  void anotherFolderTakesTheReport() throws IOException {
    Path run = copy("kept");
    Path target = temp.resolve("elsewhere").resolve("report");
    String out = CommandRun.ok("report", run, "--out", target);
    assertTrue(out.contains("Report: " + target.resolve("report.html")), out);
    for (String picture : PICTURES) {
      assertEquals(Png.read(whole.resolve(picture)), Png.read(target.resolve(picture)), picture);
      assertFalse(Files.exists(run.resolve(picture)), picture);
    }
    assertRefused(CommandRun.run("report", run, "--out", target), "holds report.html");
    assertRefused(CommandRun.run("report", run, "--out", whole), "holds another run");
    Path file = run.resolve("config.json");
    assertRefused(CommandRun.run("report", run, "--out", file), "is a file; name a folder");
    assertTrue(CommandRun.ok("report", run, "--out", run).contains(run + ""));
  }

  @Test
  void reportDrawsTheSameAgain() throws IOException {
    Path again = copy("again");
    Outcome o = report(again);
    assertEquals(0, o.status(), o.err());
    assertEquals("", o.err());
    for (String picture : PICTURES) {
      assertEquals(Png.read(whole.resolve(picture)), Png.read(again.resolve(picture)), picture);
    }
    assertEquals(
        Files.readString(whole.resolve("report.html")),
        Files.readString(again.resolve("report.html")));
  }

  private static void assertWarns(Outcome o, String part) {
    assertEquals(0, o.status(), o.err());
    assertTrue(o.err().lines().allMatch(l -> l.startsWith("vae-ocl: warning: ")), o.err());
    assertTrue(o.err().contains(part), o.err());
  }

  @Test
  void whatIsMissingIsSaidAndTheRestIsDrawn() throws IOException {
    Path folder = copy("no-metrics", "metrics.csv");
    assertWarns(report(folder), "metrics.csv: no such file");
    assertTrue(Files.exists(folder.resolve("latent.png")));
    assertFalse(Files.exists(folder.resolve("loss.png")));

    folder = copy("no-model", "model.safetensors");
    assertWarns(report(folder), "model.safetensors: no such file");
    assertTrue(Files.exists(folder.resolve("loss.png")));
    assertFalse(Files.exists(folder.resolve("manifold.png")));

    folder = copy("no-config", "config.json");
    Outcome o = CommandRun.run("report", folder.toString(), "--data", training.digits());
    assertWarns(o, "config.json: no such file");
    assertTrue(Files.exists(folder.resolve("latent.png")));

    folder = copy("damaged");
    Files.writeString(folder.resolve("metrics.csv"), "nonsense");
    Files.writeString(folder.resolve("model.safetensors"), "nonsense");
    assertWarns(report(folder), "model.safetensors: not a safetensors file");
    assertTrue(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void aMistypedDeviceLeavesTheReportAlone() throws IOException {
    Path folder = copy("mistyped");
    Files.writeString(folder.resolve("report.html"), "the good one");
    Outcome o = CommandRun.run("report", folder.toString(), "--device", "no-such-device");
    assertEquals(Cli.USER_ERROR, o.status(), o.err());
    assertEquals("the good one", Files.readString(folder.resolve("report.html")));
  }

  @Test
  void otherFoldersAreRefused() {
    Outcome o = report(training.digits());
    assertEquals(Cli.USER_ERROR, o.status());
    assertEquals(1, o.err().strip().lines().count(), o.err());
  }

  @Test
  void aTrainingCanGoWithout() throws IOException {
    Path folder = temp.resolve("plain");
    assertEquals(0, training.run(folder, 2, "--no-report").status());
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void aWatchedTrainingSaysWhere() {
    Outcome o = training.run(temp.resolve("watched"), 2, "--watch");
    assertEquals(0, o.status(), o.err());
    assertTrue(o.out().contains("Watch: http://localhost:"), o.out());
    Outcome wrong = training.run(temp.resolve("unwatched"), 2, "--watch=70000");
    assertEquals(Cli.USER_ERROR, wrong.status());
    assertTrue(wrong.err().contains("takes a port"), wrong.err());
  }
}
