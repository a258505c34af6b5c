package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.NpzBytes;
import vaeocl.formats.Png;

/** Arrays and pictures as data sets: which is which, and what is refused. */
class ArrayFilesTest {
  @TempDir Path temp;
  private final List<String> said = new ArrayList<>();

  private final Notices notices =
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

  private Found read(Path source, Reading reading) throws FormatException {
    return ImageFiles.read(source, "", reading, notices);
  }

  private void refused(Path source, String problem) {
    refused(source, Reading.PLAIN, problem);
  }

  private void refused(Path source, Reading reading, String problem) {
    String message = assertThrows(FormatException.class, () -> read(source, reading)).getMessage();
    assertTrue(message.contains(problem), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static ByteArray ramp(int... shape) {
    int count = 1;
    for (int dim : shape) {
      count *= dim;
    }
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (i * 7);
    }
    return new ByteArray(shape, values);
  }

  private Path npy(String name, FloatArray array) throws IOException {
    Npy.write(temp.resolve(name), array);
    return temp.resolve(name);
  }

  private Path npy(String name, ByteArray array) throws IOException {
    Npy.write(temp.resolve(name), array);
    return temp.resolve(name);
  }

  @Test
  void shapesOfImages() throws IOException {
    Images expected = read(npy("a.npy", ramp(10, 3, 4)), Reading.PLAIN).train().images();
    assertEquals(3, expected.rows());
    for (ByteArray same : List.of(ramp(10, 3, 4, 1), ramp(10, 1, 3, 4))) {
      assertEquals(expected, read(npy("a.npy", same), Reading.PLAIN).train().images());
    }
    Reading size = Reading.of(null, "3x4", false, 0);
    assertEquals(expected, read(npy("a.npy", ramp(10, 12)), size).train().images());
    refused(npy("a.npy", ramp(10, 12)), "say with --size HEIGHTxWIDTH what 12 pixels are");
    refused(npy("a.npy", ramp(10, 13)), size, "no rows of this --size");
    refused(npy("a.npy", ramp(10, 4, 3)), size, "images of 4x3, not of --size 3x4");
    refused(npy("a.npy", ramp(10, 4, 3, 3)), "grey images are (N, H, W)");
    refused(npy("a.npy", ramp(10, 1, 1, 3, 4)), "grey images are");
    refused(npy("a.npy", ramp(12)), "grey images are");
    refused(npy("a.npy", ramp(2, 257, 1)), "at most 256x256 are read");
    refused(npy("a.npy", ramp(1, 3, 4)), "one image is not enough");
  }

  @Test
  void numbersThatAreNoGreyLevels() throws IOException {
    int[] shape = {2, 1, 2};
    refused(npy("a.npy", new FloatArray(shape, new float[] {0, 1, 2, 3})), "holds values from 0.0");
    refused(npy("a.npy", new FloatArray(shape, new float[] {0, 1, -1, 1})), "(x + 1) / 2");
    read(npy("a.npy", new ByteArray(shape, new byte[] {0, 1, 1, 0})), Reading.PLAIN);
    assertTrue(said.get(0).contains("all bytes are 0 or 1 of 255"), said.get(0));
    said.clear();
    Found floats =
        read(npy("a.npy", new FloatArray(shape, new float[] {0, 1, 1, 0})), Reading.PLAIN);
    assertEquals(1, said.size(), said.toString());
    assertEquals("npy", floats.kind());
  }

  @Test
  void archives() throws IOException {
    Path file = temp.resolve("mnist.npz");
    NpzBytes.write(
        file, true, "x_train", ramp(6, 2, 2), "y_train", ramp(6), "x_test", ramp(3, 2, 2));
    Found keras = read(file, Reading.PLAIN);
    assertEquals(6, keras.train().images().count());
    assertArrayEquals(ramp(6).values(), keras.train().labels());
    assertNull(keras.test().labels());
    assertEquals(List.of(), said, "nothing was split");

    NpzBytes.write(file, true, "data", ramp(6, 2, 2), "other", ramp(9, 2, 2));
    assertEquals(5, read(file, Reading.PLAIN).train().images().count());
    Found other = read(file, Reading.PLAIN.withKey("other"));
    assertEquals(8, other.train().images().count());
    assertEquals("other", other.used().key());
    NpzBytes.write(file, true, "data", ramp(6, 2, 2), "labels", ramp(5));
    refused(file, "the labels of 6 images are as many whole numbers");
  }

  @Test
  void foldersOfArrays() throws IOException {
    Path train = npy("train.npy", ramp(6, 2, 2));
    npy("train_labels.npy", ramp(6));
    Found alone = read(temp, Reading.PLAIN);
    assertEquals(5, alone.train().images().count(), "a stated split");
    assertEquals(1, said.size());
    assertEquals(5, alone.train().labels().length);
    npy("test.npy", ramp(3, 2, 2));
    Found both = read(temp, Reading.PLAIN);
    assertEquals(6, both.train().images().count());
    assertEquals(3, both.test().images().count());
    assertEquals(6, both.train().labels().length);
    npy("test.npy", ramp(3, 2, 3));
    refused(temp, "its test images are 2x3, those to train with 2x2");
    npy("more.npy", ramp(3, 2, 2));
    refused(temp, "holds more.npy, test.npy, train.npy: name one of them");
    Files.delete(train);
    Files.delete(temp.resolve("more.npy"));
    refused(temp, "call two train_data.npz and eval_data.npz");
  }

  private void picture(String name, int rows, int cols, int shade) throws IOException {
    byte[] pixels = new byte[rows * cols];
    Arrays.fill(pixels, (byte) shade);
    Files.createDirectories(temp.resolve(name).getParent());
    Png.write(temp.resolve(name), new GreyImage(rows, cols, pixels));
  }

  @Test
  void foldersOfPictures() throws IOException {
    picture("train/10/a.png", 2, 3, 1);
    picture("train/9/b10.png", 2, 3, 2);
    picture("train/9/b9.png", 2, 3, 3);
    picture("test/11/a.PNG", 2, 3, 4);
    Found found = read(temp, Reading.PLAIN);
    assertArrayEquals(new byte[] {9, 9, 10}, found.train().labels());
    assertArrayEquals(new byte[] {11}, found.test().labels());
    assertEquals(3, found.train().images().pixels()[0], "9 before 10");
    assertEquals(1, found.train().images().pixels()[12]);
    picture("test/zebra/a.png", 2, 3, 4);
    assertArrayEquals(new byte[] {0, 0, 1}, read(temp, Reading.PLAIN).train().labels());
    assertEquals(List.of(), said);
    Files.write(temp.resolve("train/9/b.gif"), new byte[] {1});
    read(temp, Reading.PLAIN);
    assertTrue(said.get(0).startsWith("warning: 1 pictures of " + temp), said.get(0));
    picture("train/10/c.png", 3, 3, 1);
    refused(temp, "--size HEIGHTxWIDTH scales all");
    Found scaled = read(temp, Reading.of(null, "1x1", false, 0));
    assertEquals(1, scaled.train().images().size());
    assertEquals("1x1", scaled.used().options().get("size"));
    picture("train/beside.png", 2, 3, 1);
    refused(temp, "pictures beside folders of pictures");
    Files.delete(temp.resolve("train/beside.png"));
    Files.write(temp.resolve("train/10/c.png"), new byte[] {1, 2, 3});
    refused(temp, "c.png: not a PNG file");
  }

  @Test
  void largePicturesHaveToBeScaled() throws IOException {
    picture("a/1.png", 257, 2, 1);
    picture("a/2.png", 257, 2, 1);
    refused(temp.resolve("a"), "at most 256x256 are trained with; --size scales all");
    read(temp.resolve("a"), Reading.of(null, "128x2", false, 0));
  }
}
