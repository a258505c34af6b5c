package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.TestData;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.NpzBytes;
import vaeocl.formats.NumberArray;
import vaeocl.formats.Png;

/** The same 1,000 images are the same bytes, in whatever files they come. */
class SameImagesTest {
  private static final int TRAIN = 900;
  private static final int TEST = 100;
  private static final int ROWS = 9;
  private static final int COLS = 7;

  @TempDir Path temp;
  private final Images train = TestData.blobs(TRAIN, ROWS, COLS, 1);
  private final Images test = TestData.blobs(TEST, ROWS, COLS, 2);
  private final List<String> said = new ArrayList<>();

  private Dataset read(Path source, Reading reading) throws IOException {
    Notices notices =
        new Notices() {
          @Override
          public void progress(String line) {
            said.add(line);
          }

          @Override
          public void warning(String line) {
            said.add("warning: " + line);
          }
        };
    return Dataset.of(ImageFiles.read(source, "", reading, notices), source, Published.ALL);
  }

  private static ByteArray bytes(Images images, int... shape) {
    return new ByteArray(shape, images.pixels());
  }

  private static FloatArray floats(Images images, int... shape) {
    float[] values = new float[images.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (images.pixels()[i] & 0xff) / 255f;
    }
    return new FloatArray(shape, values);
  }

  private static void pictures(Path folder, Images images) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < images.count(); i++) {
      byte[] pixels = new byte[images.size()];
      System.arraycopy(images.pixels(), i * pixels.length, pixels, 0, pixels.length);
      GreyImage image = new GreyImage(images.rows(), images.cols(), pixels);
      Png.write(folder.resolve(i + ".png"), image); // 10.png behind 9.png
    }
  }

  private Path two(String name, String ending, NumberArray first, NumberArray second)
      throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    if (ending.equals(".npz")) {
      NpzBytes.write(folder.resolve("train_data.npz"), true, "data", first);
      NpzBytes.write(folder.resolve("eval_data.npz"), true, "data", second);
    } else {
      Npy.write(folder.resolve("train.npy"), first);
      Npy.write(folder.resolve("test.npy"), second);
    }
    return folder;
  }

  @Test
  void inTwoParts() throws IOException {
    Path idx = Files.createDirectories(temp.resolve("idx"));
    Checksums.idx(train).write(idx.resolve("train-images-idx3-ubyte"));
    Checksums.idx(test).write(idx.resolve("t10k-images-idx3-ubyte.gz"));
    Path png = temp.resolve("png");
    pictures(png.resolve("train"), train);
    pictures(png.resolve("test"), test);
    Reading flat = Reading.PLAIN.withSize(ROWS, COLS);
    Dataset expected = read(idx, Reading.PLAIN);
    assertEquals(train, expected.train());
    assertEquals(test, expected.test());
    int size = ROWS * COLS;
    List<Dataset> all =
        List.of(
            read(png, Reading.PLAIN),
            read(
                two("npy", ".npy", bytes(train, TRAIN, ROWS, COLS), bytes(test, TEST, ROWS, COLS)),
                Reading.PLAIN),
            read(
                two(
                    "npz",
                    ".npz",
                    bytes(train, TRAIN, 1, ROWS, COLS),
                    bytes(test, TEST, 1, ROWS, COLS)),
                Reading.PLAIN),
            read(
                two(
                    "last",
                    ".npz",
                    floats(train, TRAIN, ROWS, COLS, 1),
                    floats(test, TEST, ROWS, COLS, 1)),
                Reading.PLAIN),
            read(two("flat", ".npy", floats(train, TRAIN, size), bytes(test, TEST, size)), flat));
    for (Dataset found : all) {
      assertArrayEquals(expected.train().pixels(), found.train().pixels(), found.source());
      assertArrayEquals(expected.test().pixels(), found.test().pixels(), found.source());
      assertEquals(expected.checksums(), found.checksums());
    }
    assertEquals(List.of(), said);
  }

  @Test
  void inOnePartOfWhichATenthIsToTestWith() throws IOException {
    Path npy = temp.resolve("train.npy");
    Npy.write(npy, bytes(train, TRAIN, ROWS, COLS));
    Path npz = temp.resolve("any.npz");
    NpzBytes.write(npz, false, "any", floats(train, TRAIN, ROWS, COLS));
    Path png = temp.resolve("png");
    pictures(png, train);
    Dataset expected = read(npy, Reading.PLAIN);
    assertEquals(810, expected.train().count());
    assertEquals(90, expected.test().count());
    assertEquals(0.1, expected.reading().testShare());
    for (Path other : List.of(npz, png)) {
      Dataset found = read(other, Reading.PLAIN);
      assertEquals(expected.checksums(), found.checksums());
      assertEquals(expected.test(), found.test());
    }
    assertEquals(3, said.size());
    assertTrue(said.get(0).contains("810 images are to train and 90 to test with"), said.get(0));

    // Both parts together are all images, none twice; which ones does not follow from the order.
    Dataset half = read(npy, Reading.PLAIN.withTestShare(0.5));
    assertEquals(450, half.test().count());
    Found again = new Found("npy", new Part(train, null), null, Reading.PLAIN).split(Reading.PLAIN);
    assertEquals(expected.test(), again.test().images());
    int at = 0;
    int tested = 0;
    for (int i = 0; i < TRAIN; i++) {
      byte[] one = new Part(train, null).select(new int[] {i}).images().pixels();
      boolean toTest =
          tested < 90
              && Arrays.equals(
                  one,
                  new Part(expected.test(), null).select(new int[] {tested}).images().pixels());
      if (toTest) {
        tested++;
      } else {
        assertArrayEquals(
            one, new Part(expected.train(), null).select(new int[] {at++}).images().pixels());
      }
    }
    assertEquals(TRAIN, at + tested);
  }

  @Test
  void labelsDoNotTouchTheChecksumOfTheImages() throws IOException {
    Path png = temp.resolve("classes");
    Path labelled = temp.resolve("labelled.npz");
    pictures(png.resolve("3"), train);
    byte[] labels = new byte[TRAIN];
    Arrays.fill(labels, (byte) 3);
    NpzBytes.write(
        labelled,
        true,
        "data",
        bytes(train, TRAIN, ROWS, COLS),
        "labels",
        new ByteArray(new int[] {TRAIN}, labels));
    Path plain = temp.resolve("plain.npy");
    Npy.write(plain, bytes(train, TRAIN, ROWS, COLS));
    Dataset without = read(plain, Reading.PLAIN);
    Dataset with = read(labelled, Reading.PLAIN);
    assertEquals(with.checksums(), read(png, Reading.PLAIN).checksums());
    assertEquals(3, with.testLabels()[0]);
    assertEquals(without.checksums().images(), with.checksums().images());
    assertNotEquals(without.checksums().all(), with.checksums().all());
    assertEquals("", without.checksums().labels());
  }

  @Test
  void invertedIsInverted() throws IOException {
    Path npy = temp.resolve("a.npy");
    Npy.write(npy, bytes(train, TRAIN, ROWS, COLS));
    Images there = read(npy, Reading.PLAIN).train();
    Images back = read(npy, Reading.PLAIN.withInvert(true)).train();
    for (int i = 0; i < there.pixels().length; i++) {
      assertEquals(255, (there.pixels()[i] & 0xff) + (back.pixels()[i] & 0xff));
    }
  }

  @Test
  void floatsBetweenTheLevelsAreSaid() throws IOException {
    float[] values = floats(train, TRAIN, ROWS, COLS).values();
    values[7] = 0.5f;
    values[9] = 0.25f;
    Path npy = temp.resolve("a.npy");
    Npy.write(npy, new FloatArray(new int[] {TRAIN, ROWS, COLS}, values));
    read(npy, Reading.PLAIN);
    assertTrue(
        said.get(0).matches("warning: .*a.npy: 2 of 56700 values are no multiples .* up to 0.0020"),
        said.get(0));
  }
}
