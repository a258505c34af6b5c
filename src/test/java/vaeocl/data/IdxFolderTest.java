package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.formats.FormatException;
import vaeocl.formats.Idx;

class IdxFolderTest {
  @TempDir Path folder;
  private final Dataset data = Digits.draw(9, 4, 2);

  @BeforeEach
  void write() throws IOException {
    Dataset.idx(data.train()).write(folder.resolve("train-images-idx3-ubyte.gz"));
    Dataset.idx(data.trainLabels()).write(folder.resolve("train-labels-idx1-ubyte"));
    Dataset.idx(data.test()).write(folder.resolve("t10k-images-idx3-ubyte"));
    Dataset.idx(data.testLabels()).write(folder.resolve("t10k-labels-idx1-ubyte.gz"));
  }

  private void refused(String file, String problem) {
    String message = assertThrows(FormatException.class, () -> IdxFolder.read(folder)).getMessage();
    assertTrue(message.startsWith(folder.resolve(file) + ": "), message);
    assertTrue(message.contains(problem), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void readsPackedAndUnpackedFilesAlike() throws Exception {
    Dataset back = IdxFolder.read(folder);
    assertEquals(data.train(), back.train());
    assertEquals(data.test(), back.test());
    assertEquals(data.sha256(), back.sha256());
    assertEquals("idx", back.name());
    assertEquals(folder.toString(), back.source());
    assertEquals("mnist", IdxFolder.read(folder, data.sha256()).name());

    // The documented order, over whole unpacked files.
    Dataset.idx(data.train()).write(folder.resolve("a"));
    Dataset.idx(data.testLabels()).write(folder.resolve("d"));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String f : new String[] {"a", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "d"}) {
      digest.update(Files.readAllBytes(folder.resolve(f)));
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), data.sha256());
  }

  @Test
  void namesTheMissingFile() throws IOException {
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    refused("t10k-labels-idx1-ubyte", "no such file");
    String message =
        assertThrows(
                FormatException.class,
                () -> IdxFolder.read(folder.resolve("t10k-images-idx3-ubyte")))
            .getMessage();
    assertTrue(message.contains("not a folder"), message);
  }

  private void move(String from, String to) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    Files.move(folder.resolve(from), target);
  }

  /** By 7-Zip, Kaggle, torchvision and EMNIST. */
  @ParameterizedTest
  @CsvSource({
    "-images-idx3-ubyte, -labels-idx1-ubyte, '', t10k",
    "-images.idx3-ubyte, -labels.idx1-ubyte, '', t10k",
    "-images-idx3-ubyte, -labels-idx1-ubyte, raw/, t10k",
    "-images-idx3-ubyte, -labels-idx1-ubyte, MNIST/raw/, t10k",
    "-images-idx3-ubyte, -labels-idx1-ubyte, emnist-digits-, test",
    "-images-idx3-ubyte, -labels-idx1-ubyte, EMNIST/raw/emnist-letters-, test",
    "-images-idx3-ubyte/train.images.idx3-ubyte, -labels-idx1-ubyte/t-labels-idx1-ubyte, '', t10k",
  })
  void readsNamesAndPlacesOfOthers(String images, String labels, String before, String test)
      throws IOException {
    String nestedImages = images.replace("train.", "train-");
    move("train-images-idx3-ubyte.gz", "x/i.gz");
    move("train-labels-idx1-ubyte", "x/l");
    move("t10k-images-idx3-ubyte", "x/j");
    move("t10k-labels-idx1-ubyte.gz", "x/m.gz");
    move("x/i.gz", before + "train" + nestedImages + ".gz");
    move("x/l", before + "train" + labels.replace("/t-", "/train-"));
    move("x/j", before + test + nestedImages.replace("/train", "/test"));
    move("x/m.gz", before + test + labels.replace("/t-", "/t10k-") + ".gz");
    assertEquals(data.sha256(), IdxFolder.read(folder).sha256());
  }

  @Test
  void aFolderOfThatNameHidesNothing() throws IOException {
    Files.createDirectory(folder.resolve("train-images-idx3-ubyte"));
    assertEquals(data.sha256(), IdxFolder.read(folder).sha256());
  }

  @Test
  void filesOfOneNameHaveToAgree() throws IOException {
    Dataset.idx(data.train()).write(folder.resolve("train-images-idx3-ubyte"));
    Dataset.idx(data.train()).write(folder.resolve("train-images.idx3-ubyte"));
    Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    assertEquals(
        data.sha256(), IdxFolder.read(folder).sha256(), "one that is cut short is no other");
    byte[] other = data.train().pixels().clone();
    other[100]++;
    new Idx(new int[] {9, 28, 28}, other).write(folder.resolve("train-images.idx3-ubyte"));
    refused("train-images.idx3-ubyte", "not those of " + folder.resolve("train-images-idx3-ubyte"));
  }

  /** Published names come before others, and the folder before those in it. */
  @Test
  void otherDataSetsStandBeside() throws IOException {
    for (String beside : List.of("emnist-digits-", "emnist-letters-", "MNIST/raw/")) {
      Path file = folder.resolve(beside + "train-labels-idx1-ubyte");
      Files.createDirectories(file.getParent());
      Dataset.idx(data.testLabels()).write(file);
    }
    assertEquals(data.sha256(), IdxFolder.read(folder).sha256());
    for (String name : IdxFolder.FILES) {
      Files.deleteIfExists(folder.resolve(name));
      Files.deleteIfExists(folder.resolve(name + ".gz"));
    }
    refused("train-images-idx3-ubyte", "no such file, nor one with .gz");
    Dataset.idx(data.train()).write(folder.resolve("emnist-digits-train-images-idx3-ubyte"));
    Dataset.idx(data.test()).write(folder.resolve("emnist-letters-train-images-idx3-ubyte"));
    refused("emnist-letters-train-images-idx3-ubyte", "emnist-digits-train-images-idx3-ubyte");
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    Dataset.idx(data.testLabels()).write(folder.resolve("train-labels-idx1-ubyte"));
    refused("train-labels-idx1-ubyte", "4 labels for 9 images");
    write();
    new Idx(new int[] {4, 14, 56}, data.test().pixels())
        .write(folder.resolve("t10k-images-idx3-ubyte"));
    refused("t10k-images-idx3-ubyte", "images of 14x56, but those of");
    write();
    Dataset.idx(data.train()).write(folder.resolve("train-labels-idx1-ubyte"));
    refused("train-labels-idx1-ubyte", "images (3 dimensions) where labels");
  }

  @Test
  void recordsCheckTheirCounts() {
    byte[] pixels = new byte[8];
    assertThrows(IllegalArgumentException.class, () -> new Images(0, 2, 2, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new Images(1, 2, 2, pixels));
    assertThrows(IllegalArgumentException.class, () -> new Images(8, 65536, 65536, pixels));
    Images two = new Images(2, 2, 2, pixels);
    assertThrows(
        IllegalArgumentException.class,
        () -> Dataset.of("idx", two, two, new byte[2], new byte[1], "test"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Dataset.of("idx", two, new Images(2, 1, 4, pixels), new byte[2], new byte[2], ""));
  }

  @Test
  void readsTheRealMnist() throws IOException {
    String where = System.getProperty("vaeocl.mnist", "");
    assumeFalse(where.isBlank(), "MNIST not read: run with -Dvaeocl.mnist=DIR");
    Dataset mnist = IdxFolder.read(Path.of(where));
    assertEquals("mnist", mnist.name(), "by its checksum " + mnist.sha256());
    assertEquals(60_000, mnist.train().count());
    assertEquals(10_000, mnist.test().count());
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TEST_IMAGES),
        Dataset.checksum(Dataset.idx(mnist.test())));
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TRAIN_IMAGES),
        Dataset.checksum(Dataset.idx(mnist.train())));
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TEST_LABELS),
        Dataset.checksum(Dataset.idx(mnist.testLabels())));
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TRAIN_LABELS),
        Dataset.checksum(Dataset.idx(mnist.trainLabels())));
  }
}
