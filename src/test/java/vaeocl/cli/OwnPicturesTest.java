package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.TrainedModels.floats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.data.IdxFolder;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;

/** Pictures that people draw themselves meet a model of white on black. */
class OwnPicturesTest {
  private static final int SIZE = 28 * 28;
  private static final List<String> OPTIONS =
      List.of("--hidden", "30", "--batch-size", "32", "--learning-rate", "0.005");

  @TempDir static Path temp;
  private static TrainedModels models;

  @BeforeAll
  static void train() throws IOException {
    Path digits = temp.resolve("digits");
    SmallTraining training =
        SmallTraining.of(digits, 300, TrainedModels.TEST_IMAGES, OPTIONS.toArray());
    Path run = temp.resolve("run");
    training.ok(run, 40);
    models = new TrainedModels(temp, digits, run, run, IdxFolder.read(digits).test());
  }

  private static byte[] image(int number) {
    byte[] all = models.test().pixels();
    return Arrays.copyOfRange(all, number * SIZE, (number + 1) * SIZE);
  }

  private static byte[] negative(byte[] image) {
    byte[] negative = image.clone();
    for (int i = 0; i < negative.length; i++) {
      negative[i] = (byte) ~image[i];
    }
    return negative;
  }

  private static float[] codes(int count) throws IOException {
    Path out = models.out("right.npy");
    ok("encode", models.run(), "--count", count, "--out", out);
    return floats(out, count, 2, 2);
  }

  /** One line that warns; what it says. */
  private static String warned(Object... args) {
    Outcome o = CommandRun.run(args);
    assertEquals(0, o.status(), o.err());
    assertEquals(1, o.err().lines().count(), o.err());
    assertTrue(o.err().startsWith("vae-ocl: warning: "), o.err());
    return o.err();
  }

  @ParameterizedTest
  @EnumSource(DrawnPicture.class)
  void blackInkIsReadAsTheModelsWhite(DrawnPicture kind) throws IOException {
    Path out = models.out("own.npy");
    List<Object> args = new ArrayList<>(List.of("encode", models.run(), "--out", out));
    for (int i = 0; i < 3; i++) {
      Path file = models.out(kind + "-" + i + ".png");
      kind.write(file, image(i));
      args.add(file);
    }
    String said = warned(args.toArray());
    assertTrue(said.contains("3 of 3 images inverted, since their ground is bright"), said);
    assertTrue(said.contains(kind + "-0.png …; --no-invert"), said);
    assertArrayEquals(codes(3), floats(out, 3, 2, 2), 1e-4f);
  }

  @Test
  void onlyThePicturesOfTheOtherGroundAreInverted() throws IOException {
    Path light = models.out("light.png");
    Path dark = models.out("dark.png");
    Png.write(dark, new GreyImage(28, 28, image(0)));
    Png.write(light, new GreyImage(28, 28, negative(image(1))));
    Path out = models.out("both.npy");
    String said = warned("encode", models.run(), dark, light, "--out", out);
    assertTrue(said.contains("1 of 2 images inverted") && said.contains("light.png;"), said);
    assertArrayEquals(codes(2), floats(out, 2, 2, 2), 1e-5f);
    Path pairs = models.out("own-pairs.png");
    warned("reconstruct", models.run(), light, "--out", pairs);
    byte[] seen = Arrays.copyOf(Png.read(pairs).pixels(), SIZE);
    assertArrayEquals(image(1), seen, "the sheet shows what the model saw");
  }

  @Test
  void arraysAreInvertedAsAWhole() throws IOException {
    int count = TrainedModels.TEST_IMAGES;
    byte[] negative = negative(models.test().pixels());
    float[] floats = new float[negative.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (negative[i] & 0xff) / 255f;
    }
    Path file = models.out("negative.npy");
    Path out = models.out("array.npy");
    for (boolean bytes : new boolean[] {true, false}) {
      int[] shape = {count, 28, 28};
      Npy.write(file, bytes ? new ByteArray(shape, negative) : new FloatArray(shape, floats));
      String said = warned("encode", models.run(), file, "--out", out);
      assertTrue(said.contains(count + " of " + count + " images inverted"), said);
      assertArrayEquals(codes(count), floats(out, count, 2, 2), 1e-5f);
    }
  }

  @Test
  void theUserDecides() throws IOException {
    Path light = models.out("decided.png");
    Png.write(light, new GreyImage(28, 28, negative(image(0))));
    Path out = models.out("decided.npy");
    ok("encode", models.run(), light, "--invert", "--out", out);
    assertArrayEquals(codes(1), floats(out, 1, 2, 2), 1e-5f);
    ok("encode", models.run(), light, "--no-invert", "--out", out);
    float[] nonsense = floats(out, 1, 2, 2);
    Path dark = models.out("decided-dark.png");
    Png.write(dark, new GreyImage(28, 28, image(0)));
    ok("encode", models.run(), dark, "--invert", "--out", out);
    assertArrayEquals(nonsense, floats(out, 1, 2, 2), 1e-5f);
    ok("encode", models.run(), "--invert", "--count", 1, "--out", out);
    assertArrayEquals(nonsense, floats(out, 1, 2, 2), 1e-5f);
  }

  @Test
  void anImageWithoutInkIsSaid() throws IOException {
    Path out = models.out("blank.npy");
    Path ink = models.out("ink.png");
    Png.write(ink, new GreyImage(28, 28, image(0)));
    for (int level : new int[] {0, 77, 255}) {
      byte[] blank = new byte[SIZE];
      Arrays.fill(blank, (byte) level);
      Path file = models.out("blank-" + level + ".png");
      Png.write(file, new GreyImage(28, 28, blank));
      String said = warned("encode", models.run(), ink, file, "--out", out);
      assertTrue(said.contains("1 of 2 images without ink, all pixels the same: " + file), said);
    }
    Path nothing = models.out("nothing.png");
    DrawnPicture.RGB_ALPHA.write(nothing, new byte[SIZE]);
    assertTrue(warned("encode", models.run(), nothing, "--out", out).contains("without ink"));
    Path array = models.out("blanks.npy");
    byte[] images = Arrays.copyOf(image(0), 3 * SIZE);
    Npy.write(array, new ByteArray(new int[] {3, 28, 28}, images));
    String said = warned("encode", models.run(), array, "--out", out);
    assertTrue(said.contains("2 of 3 images without") && said.contains("image 1 counted"), said);
  }

  /**
   * The same images as negatives: another data set, and what a run of them takes for its ground.
   */
  @Test
  void dataSetsOfTheOtherGroundAreSaid() throws IOException {
    Path negatives = Files.createDirectory(temp.resolve("negatives"));
    try (var files = Files.list(models.digits())) {
      for (Path file : files.toList()) {
        Path copy = negatives.resolve(file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        if (copy.toString().contains("images")) {
          byte[] bytes = Files.readAllBytes(copy);
          byte[] pixels = negative(Arrays.copyOfRange(bytes, 16, bytes.length));
          System.arraycopy(pixels, 0, bytes, 16, pixels.length);
          Files.write(copy, bytes);
        }
      }
    }
    Path out = models.out("other.npy");
    String said = "ground of these images is bright and the model's dark";
    for (Object[] command :
        new Object[][] {
          {"eval", models.run(), "--data", negatives},
          {"generate", models.run(), "--between", "1,2", "--data", negatives, "--out", out}
        }) {
      Outcome o = CommandRun.run(command);
      assertEquals(0, o.status(), o.err());
      assertTrue(o.err().contains(said), o.err());
      assertEquals(2, o.err().lines().count(), "other images, and their ground: " + o.err());
    }
    Outcome o = CommandRun.run("encode", models.run(), "--data", negatives, "--out", out);
    assertTrue(o.err().contains("images inverted, since their ground is bright"), o.err());
    assertArrayEquals(
        codes(TrainedModels.TEST_IMAGES), floats(out, TrainedModels.TEST_IMAGES, 2, 2), 1e-5f);

    Path run = temp.resolve("bright");
    SmallTraining bright = new SmallTraining(negatives, OPTIONS);
    bright.ok(run, 40);
    ok("eval", run);
    Path dark = models.out("dark-for-bright.png");
    Png.write(dark, new GreyImage(28, 28, image(0)));
    assertTrue(
        warned("encode", run, dark, "--out", out)
            .contains("ground is dark and the model's bright"));
  }
}
