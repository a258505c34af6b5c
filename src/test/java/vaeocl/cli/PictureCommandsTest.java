package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static vaeocl.cli.CommandRun.ok;
import static vaeocl.cli.TrainedModels.TEST_IMAGES;
import static vaeocl.cli.TrainedModels.floats;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.data.IdxFolder;
import vaeocl.formats.FloatArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;
import vaeocl.model.Pairs;
import vaeocl.model.Rows;

/** generate, sheets of pictures, and export on small trained models. */
class PictureCommandsTest {
  @TempDir static Path temp;
  private static TrainedModels models;

  @BeforeAll
  static void train() throws IOException {
    models = TrainedModels.train(temp, 2);
  }

  @Test
  void generatedImagesAreDecodedPoints() throws IOException {
    Path grid = models.out("grid.npy");
    ok("generate", models.run(), "--grid", 3, "--out", grid);
    float[] images = floats(grid, 9, 28, 28);
    Path centre = models.out("centre.npy");
    Npy.write(centre, new FloatArray(new int[] {1, 2}, new float[2]));
    ok("decode", models.run(), centre, "--out", models.out("centre-image.npy"));
    float[] middle = floats(models.out("centre-image.npy"), 1, 28, 28);
    assertArrayEquals(middle, Arrays.copyOfRange(images, 4 * 784, 5 * 784), 1e-6f);

    ok("generate", models.wide(), "--count", 7, "--out", models.out("prior.npy"));
    ok("generate", models.wide(), "--count", 7, "--out", models.out("prior-again.npy"));
    ok(
        "generate",
        models.wide(),
        "--count",
        7,
        "--seed",
        5,
        "--out",
        models.out("prior-other.npy"));
    assertArrayEquals(
        floats(models.out("prior.npy"), 7, 28, 28),
        floats(models.out("prior-again.npy"), 7, 28, 28));
    assertFalse(
        Arrays.equals(
            floats(models.out("prior.npy"), 7, 28, 28),
            floats(models.out("prior-other.npy"), 7, 28, 28)));

    ok(
        "generate",
        models.wide(),
        "--between",
        "3,5",
        "--steps",
        4,
        "--out",
        models.out("between.npy"));
    float[] between = floats(models.out("between.npy"), 4, 28, 28);
    ok("reconstruct", models.wide(), "--out", models.out("ends.npy"));
    float[] ends = floats(models.out("ends.npy"), TEST_IMAGES, 28, 28);
    assertArrayEquals(Arrays.copyOfRange(ends, 3 * 784, 4 * 784), Arrays.copyOf(between, 784));
    assertArrayEquals(
        Arrays.copyOfRange(ends, 5 * 784, 6 * 784), Arrays.copyOfRange(between, 3 * 784, 4 * 784));
  }

  @Test
  void aTableGoesBetweenPairsOfOneClassAndOfTwo() throws IOException {
    ok("generate", models.wide(), "--between-table", "--steps", 3, "--out", models.out("t.npy"));
    ok("reconstruct", models.wide(), "--out", models.out("all.npy"));
    Pairs pairs = Pairs.of(IdxFolder.read(models.digits()).testLabels(), TEST_IMAGES);
    int rows = pairs.all().size();
    float[] table = floats(models.out("t.npy"), rows * 5, 28, 28);
    float[] recon = floats(models.out("all.npy"), TEST_IMAGES, 28, 28);
    float[] test = Rows.of(models.test()).all();
    for (int r = 0; r < rows; r++) {
      int first = pairs.all().get(r)[0];
      int last = pairs.all().get(r)[1];
      assertArrayEquals(picture(test, first), picture(table, 5 * r));
      assertArrayEquals(picture(recon, first), picture(table, 5 * r + 1));
      assertArrayEquals(picture(recon, last), picture(table, 5 * r + 3));
      assertArrayEquals(picture(test, last), picture(table, 5 * r + 4));
    }
    ok("generate", models.run(), "--between-table", "--out", models.out("t.png"));
    GreyImage sheet = Png.read(models.out("t.png"));
    assertEquals(12 * 28 + 11 * 2, sheet.cols());
    assertEquals(rows * 28 + (rows - 1) * 2, sheet.rows());
  }

  private static float[] picture(float[] all, int number) {
    return Arrays.copyOfRange(all, number * 784, (number + 1) * 784);
  }

  @Test
  void sheetsShowWhatTheArraysHold() throws IOException {
    ok("reconstruct", models.run(), "--count", 12, "--out", models.out("pairs.png"));
    GreyImage sheet = Png.read(models.out("pairs.png"));
    // 10 columns; two blocks of images over reconstructions; gaps of 2 pixels.
    assertEquals(4 * 28 + 3 * 2, sheet.rows());
    assertEquals(10 * 28 + 9 * 2, sheet.cols());
    for (int r = 0; r < 28; r++) {
      for (int c = 0; c < 28; c++) {
        assertEquals(models.test().pixels()[r * 28 + c], sheet.pixels()[r * sheet.cols() + c]);
      }
    }
    ok("generate", models.run(), "--grid", 4, "--out", models.out("grid.png"));
    assertEquals(4 * 28 + 3 * 2, Png.read(models.out("grid.png")).rows());
  }

  @Test
  void theExportedNetIsTheSameElsewhere() throws Exception {
    ok("export", models.wide(), "--onnx", models.out("net.onnx"));
    ok("encode", models.wide(), "--out", models.out("own-codes.npy"));
    ok("reconstruct", models.wide(), "--out", models.out("own-images.npy"));
    float[] codes = floats(models.out("own-codes.npy"), TEST_IMAGES, 2, 5);
    float[] images = floats(models.out("own-images.npy"), TEST_IMAGES, 28, 28);
    float[][] x = rows(Rows.of(models.test()).all(), 784);
    OrtEnvironment env = OrtEnvironment.getEnvironment();
    try (OrtSession encoder = env.createSession(models.out("net-encoder.onnx").toString());
        OrtSession decoder = env.createSession(models.out("net-decoder.onnx").toString());
        OnnxTensor input = OnnxTensor.createTensor(env, x);
        OrtSession.Result code = encoder.run(Map.of("image", input))) {
      float[][] mu = (float[][]) code.get("mu").orElseThrow().getValue();
      float[][] logvar = (float[][]) code.get("logvar").orElseThrow().getValue();
      for (int i = 0; i < TEST_IMAGES; i++) {
        assertArrayEquals(Arrays.copyOfRange(codes, i * 10, i * 10 + 5), mu[i], 1e-5f);
        assertArrayEquals(Arrays.copyOfRange(codes, i * 10 + 5, i * 10 + 10), logvar[i], 1e-5f);
      }
      try (OnnxTensor z = OnnxTensor.createTensor(env, mu);
          OrtSession.Result image = decoder.run(Map.of("z", z))) {
        float[][] recon = (float[][]) image.get("image").orElseThrow().getValue();
        for (int i = 0; i < TEST_IMAGES; i++) {
          assertArrayEquals(Arrays.copyOfRange(images, i * 784, i * 784 + 784), recon[i], 1e-5f);
        }
      }
    }
  }

  private static float[][] rows(float[] values, int width) {
    float[][] rows = new float[values.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }
}
