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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
