package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

  @TempDir Path folder;
  private final Dataset data = Digits.draw(9, 4, 2);

  @BeforeEach
  void write() throws IOException {
    Checksums.idx(data.train()).write(folder.resolve(TRAIN_IMAGES));
    Checksums.idx(data.trainLabels()).write(folder.resolve(TRAIN_LABELS));
    Checksums.idx(data.test()).write(folder.resolve(TEST_IMAGES));
    Checksums.idx(data.testLabels()).write(folder.resolve(TEST_LABELS));
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

    // The documented order, over whole unpacked files.
    Checksums.idx(data.train()).write(folder.resolve("a"));
    Checksums.idx(data.testLabels()).write(folder.resolve("d"));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String f : new String[] {"a", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "d"}) {
      digest.update(Files.readAllBytes(folder.resolve(f)));
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), data.sha256());
  }

  @Test
  void labelsMayLackAltogether() throws IOException {
    Files.delete(folder.resolve(TRAIN_LABELS));
    refused("train-labels-idx1-ubyte", "or both files of images alone");
    Files.delete(folder.resolve(TEST_LABELS));
    Dataset back = IdxFolder.read(folder);
    assertNull(back.trainLabels());
    assertNull(back.testLabels());
    assertEquals(data.checksums().images(), back.checksums().images());
    assertEquals(back.checksums().images(), back.checksums().all());
    assertEquals("", back.checksums().labels());
    Files.delete(folder.resolve(TEST_IMAGES));
    refused("t10k-images-idx3-ubyte", "no such file");
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

  /** Of 7-Zip, Kaggle (with either name within), torchvision from two folders up, EMNIST. */
  @ParameterizedTest
  @CsvSource({
    "PART-images.idx3-ubyte, PART-labels.idx1-ubyte, t10k",
    "PART-images-idx3-ubyte/PART-images-idx3-ubyte, PART-labels-idx1-ubyte, t10k",
    "PART-images-idx3-ubyte, PART-labels-idx1-ubyte/PART-labels.idx1-ubyte, t10k",
    "raw/PART-images-idx3-ubyte, raw/PART-labels-idx1-ubyte, t10k",
    "MNIST/raw/PART-images-idx3-ubyte, MNIST/raw/PART-labels-idx1-ubyte, t10k",
    "emnist-digits-PART-images-idx3-ubyte, emnist-digits-PART-labels-idx1-ubyte, test",
    "E/raw/emnist-mnist-PART-images-idx3-ubyte, E/raw/emnist-mnist-PART-labels-idx1-ubyte, test",
  })
  void readsNamesAndPlacesOfOthers(String images, String labels, String test) throws IOException {
    Path from = Files.createTempDirectory(folder, "published");
    for (String name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)) {
      Files.move(folder.resolve(name), from.resolve(name));
      String pattern = name.contains("images") ? images : labels;
      Path to = folder.resolve(pattern.replace("PART", name.startsWith("train") ? "train" : test));
      Files.createDirectories(to.getParent());
      Files.move(from.resolve(name), name.endsWith(".gz") ? Path.of(to + ".gz") : to);
    }
    assertEquals(data.sha256(), IdxFolder.read(folder).sha256());
  }

  @Test
  void aFolderOfThatNameHidesNothing() throws IOException {
    Files.createDirectory(folder.resolve("train-images-idx3-ubyte"));
    assertEquals(data.sha256(), IdxFolder.read(folder).sha256());
  }

  @Test
  void filesOfOneNameHaveToAgree() throws IOException {
    Checksums.idx(data.train()).write(folder.resolve("train-images-idx3-ubyte"));
    Checksums.idx(data.train()).write(folder.resolve("train-images.idx3-ubyte"));
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
      Checksums.idx(data.testLabels()).write(file);
    }
    assertEquals(data.sha256(), IdxFolder.read(folder).sha256());
    for (String name : IdxFolder.FILES) {
      Files.deleteIfExists(folder.resolve(name));
      Files.deleteIfExists(folder.resolve(name + ".gz"));
    }
    refused("train-images-idx3-ubyte", "no such file, nor one with .gz");
    Checksums.idx(data.train()).write(folder.resolve("emnist-digits-train-images-idx3-ubyte"));
    Checksums.idx(data.test()).write(folder.resolve("emnist-letters-train-images-idx3-ubyte"));
    refused("emnist-letters-train-images-idx3-ubyte", "emnist-digits-train-images-idx3-ubyte");
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    Checksums.idx(data.testLabels()).write(folder.resolve("train-labels-idx1-ubyte"));
    refused("train-labels-idx1-ubyte", "4 labels for 9 images");
    write();
    new Idx(new int[] {4, 14, 56}, data.test().pixels())
        .write(folder.resolve("t10k-images-idx3-ubyte"));
    refused("t10k-images-idx3-ubyte", "images of 14x56, but those of");
    write();
    Checksums.idx(data.train()).write(folder.resolve("train-labels-idx1-ubyte"));
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
        Checksums.of(Checksums.idx(mnist.test())));
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TRAIN_IMAGES),
        Checksums.of(Checksums.idx(mnist.train())));
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TEST_LABELS),
        Checksums.of(Checksums.idx(mnist.testLabels())));
    assertEquals(
        Published.MNIST.files().get(IdxFolder.TRAIN_LABELS),
        Checksums.of(Checksums.idx(mnist.trainLabels())));
  }
}
