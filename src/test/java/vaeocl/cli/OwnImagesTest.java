package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.ChildJvm;
import vaeocl.TestData;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.data.Images;
import vaeocl.formats.ByteArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.NpzBytes;
import vaeocl.formats.Png;

/** Images of the user's own, of any size and in any files, from training to report. */
class OwnImagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temp;

  @BeforeAll
  static void needsPocl() {
    ChildJvm.needs(ChildJvm.POCL);
  }

  private static Outcome train(Path data, Path run, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--data", data, "--out", run));
    words.addAll(List.of("--device", "Portable", "--epochs", 1, "--batch-size", 20));
    words.addAll(Arrays.asList(more));
    Outcome o = CommandRun.run(words.toArray());
    assertEquals(0, o.status(), o.err());
    return o;
  }

  private static JsonNode images(Path run) throws IOException {
    return JSON.readTree(run.resolve("config.json").toFile()).get("dataset");
  }

  /** Height and width; the last is too large for a GPU's local memory. */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 9", "6, 40", "32, 32", "256, 3", "64, 90"})
  void anySizeTrains(int rows, int cols) throws IOException {
    String size = rows + "x" + cols;
    Path data = TestData.blobsFolder(temp.resolve("d" + size), 60, 20, rows, cols);
    for (String tiling : rows == 64 || cols == 1 ? List.of("gpu", "cpu") : List.of("cpu")) {
      Path run = temp.resolve("r" + size + tiling);
      boolean report = tiling.equals("cpu");
      Object[] more = {"--hidden", 9, "--tiling", tiling, report ? "--verbose" : "--no-report"};
      String out = train(data, run, more).out();
      boolean ssim = rows >= 7 && cols >= 7;
      assertEquals(!ssim, out.contains("SSIM: –"), out);
      if (!report) {
        continue;
      }
      List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
      assertEquals(!ssim, metrics.get(1).contains(",NaN,"), metrics.get(1));
      assertEquals(ssim, Files.exists(run.resolve("ssim.png")));
      assertTrue(Files.exists(run.resolve("report.html")));
      JsonNode eval = CommandRun.json("eval", run, "--device", "Portable");
      assertEquals(ssim, eval.get("ssim").isNumber());
      assertTrue(eval.get("psnr").isNumber());
      CommandRun.ok("train", "--resume", run, "--epochs", 2, "--no-report");
      CommandRun.ok("encode", run, "--out", temp.resolve(size + ".npy"), "--device", "Portable");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2048, 3", "33, 256", "'2048,1', 2"})
  void anyWidthTrains(String hidden, int latent) throws IOException {
    Path data = TestData.blobsFolder(temp.resolve("w" + hidden + latent), 60, 20, 8, 8);
    Path run = temp.resolve("run" + hidden + latent);
    train(data, run, "--hidden", hidden, "--latent", latent);
    CommandRun.ok("eval", run, "--device", "Portable");
  }

  private static Path npz(String name) throws IOException {
    Path file = temp.resolve(name);
    byte[] pixels = TestData.blobs(200, 7, 9, 1).pixels();
    byte[] few = new byte[200];
    ByteArray images = new ByteArray(new int[] {200, 63}, pixels);
    NpzBytes.write(file, true, "mine", images, "other", new ByteArray(new int[] {200}, few));
    return file;
  }

  /** What config.json holds is enough to find and check them again. */
  @Test
  void howImagesWereReadIsKept() throws IOException {
    Path file = npz("a.npz");
    Path run = temp.resolve("kept");
    Object[] reading = {"--key", "mine", "--size", "7x9", "--invert", "--test-share", 0.25};
    Outcome o = train(file, run, reading);
    assertEquals(1, o.err().strip().lines().count(), o.err());
    assertTrue(o.err().contains("150 images are to train and 50 to test with"), o.err());
    JsonNode images = images(run);
    assertEquals(
        JSON.readTree(
            """
            {"invert": "true", "key": "mine", "size": "7x9", "test-share": "0.25"}"""),
        images.get("reading"));
    assertEquals(7, images.get("height").asInt());
    assertEquals("", images.get("labels_sha256").asText());
    assertEquals(images.get("sha256"), images.get("images_sha256"));

    for (String line : new String[] {"eval RUN", "report RUN", "encode RUN --out OUT"}) {
      Path out = temp.resolve("codes.npy");
      line = line.replace("RUN", run.toString()).replace("OUT", out.toString());
      o = CommandRun.run((Object[]) (line + " --device Portable").split(" "));
      assertEquals(0, o.status(), o.err());
      assertFalse(o.err().contains("warning"), o.err());
    }
    assertTrue(
        Files.readString(run.resolve("report.html")).contains("--test-share 0.25"),
        "how to repeat");

    // Elsewhere, and in other files.
    Path moved = Files.move(file, temp.resolve("moved.npz"));
    assertRefused(CommandRun.run("eval", run), "not in " + file + " any more");
    for (String line : new String[] {"eval RUN", "report RUN", "train --resume RUN --epochs 2"}) {
      Object[] words = (line.replace("RUN", run.toString()) + " --size 7x9").split(" ");
      assertRefused(CommandRun.run(words), "--size says how to read the images of --data PATH");
    }
    o = CommandRun.run("train", "--resume", run, "--epochs", 2, "--data", moved, "--no-report");
    assertEquals(0, o.status(), o.err());
    assertEquals(moved.toString(), images(run).get("source").asText());
    Path npy = temp.resolve("b.npy");
    Npy.write(npy, new ByteArray(new int[] {200, 1, 7, 9}, TestData.blobs(200, 7, 9, 1).pixels()));
    Object[] again = {"--data", npy, "--invert", "--test-share", 0.25, "--device", "Portable"};
    List<Object> eval = new ArrayList<>(List.of("eval", run));
    eval.addAll(Arrays.asList(again));
    o = CommandRun.run(eval.toArray());
    assertEquals(0, o.status(), o.err());
    assertFalse(o.err().contains("warning"), o.err());
    o = CommandRun.run("eval", run, "--data", npy, "--device", "Portable", "--test-share", 0.5);
    assertTrue(o.err().contains("not the images that the run was trained with"), o.err());
  }

  @Test
  void picturesInFoldersOfClasses() throws IOException {
    Images all = TestData.blobs(60, 12, 10, 5);
    Path folder = temp.resolve("pictures");
    for (int i = 0; i < 60; i++) {
      Path c = Files.createDirectories(folder.resolve(i % 2 == 0 ? "cats" : "dogs"));
      byte[] pixels = Arrays.copyOfRange(all.pixels(), i * 120, (i + 1) * 120);
      Png.write(c.resolve(i + ".png"), new GreyImage(12, 10, pixels));
    }
    Path run = temp.resolve("of-pictures");
    train(folder, run, "--size", "8x8");
    assertEquals("8x8", images(run).get("reading").get("size").asText());
    assertFalse(images(run).get("labels_sha256").asText().isEmpty());
    Path sheet = temp.resolve("sheet.png");
    Outcome o =
        CommandRun.run("dataset", "--data", folder, "--size", "8x8", "--out", sheet, "--json");
    assertEquals(0, o.status(), o.err());
    JsonNode said = JSON.readTree(o.out());
    assertEquals("pictures", said.get("dataset").asText());
    assertEquals(54, said.get("train_images").asInt());
    assertEquals(2, said.get("train_classes").asInt());
    assertEquals(images(run).get("images_sha256"), said.get("images_sha256"));
    assertEquals("--size 8x8 --test-share 0.1", said.get("read_with").asText());
    assertEquals(6 * 8 + 5, Png.read(sheet).rows());
    o = CommandRun.run("dataset", "--data", folder);
    assertTrue(o.out().contains("classes: 0 (27), 1 (27)") || o.out().contains("classes: 0 ("));
    assertTrue(o.out().contains("Size: 12x10, 120 pixels"), o.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 7x9                                | of --data PATH; name them",
        "--data NPZ                                | choose one with --key NAME",
        "--data NPZ --key none                     | holds no array 'none' of --key, but mine, other",
        "--data NPZ --key mine                     | say with --size HEIGHTxWIDTH what 63 pixels are",
        "--data NPZ --key mine --size 8x8          | which are no rows of this --size",
        "--data NPZ --key mine --size 0x9          | --size: expected HEIGHTxWIDTH",
        "--data NPZ --key mine --size 300x300      | from 1x1 to 256x256",
        "--data NPZ --key mine --size 7            | --size: expected HEIGHTxWIDTH",
        "--data NPZ --key mine --test-share 1      | --test-share: expected a decimal number between",
        "--data NPZ --key mine --test-share 0      | --test-share must be more than 0",
        "--data IDX --test-share 0.1               | these have a part to test with",
        "--data IDX --key mine                     | --key names an array of an .npz file",
        "--data IDX --size 4x4                     | images of 8x8, not of --size 4x4",
        "--data IDX --dataset fashion-mnist        | its images are not Fashion-MNIST's",
        "--data IDX --dataset kmnist               | has 20 training images of 8x8 where KMNIST has 60000",
        "--dataset emnist-letters                  | there is no checksum to know it by; get its IDX",
        "--dataset cifar                           | one of auto, mnist, fashion-mnist",
        "--data EMPTY                              | holds no images: neither IDX files",
        "--data EMPTY --dataset digits             | draws its own images",
        "--data MISSING                            | no such folder",
      })
  void wrongCombinationsAreOneLine(String options, String part) throws IOException {
    Path idx = temp.resolve("idx");
    Files.createDirectories(temp.resolve("empty"));
    TestData.blobsFolder(idx, 20, 5, 8, 8);
    String line =
        options
            .strip()
            .replace("NPZ", npz("wrong.npz").toString())
            .replace("IDX", idx.toString())
            .replace("EMPTY", temp.resolve("empty").toString())
            .replace("MISSING", temp.resolve("missing").toString());
    assertRefused(CommandRun.run((Object[]) ("dataset " + line).split(" +")), part.strip());
  }
}
