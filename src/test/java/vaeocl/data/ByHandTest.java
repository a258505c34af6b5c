package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.TestData;
import vaeocl.formats.FormatException;

/** Sets without a checksum: the user's files, known by number and size; EMNIST upright. */
class ByHandTest {
  private static final ByHand SET = new ByHand("EMNIST digits", "https://a.page/", 20, 5, true);
  private static final String NAME = "emnist-digits";

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final Images train = TestData.blobs(20, 28, 28, 1);
  private final Images test = TestData.blobs(5, 28, 28, 2);

  private final Notices notices =
      new Notices() {
        @Override
        public void progress(String line) {
          said.add(line);
        }

        @Override
        public void warning(String line) {
          throw new AssertionError(line);
        }
      };

  @BeforeEach
  void asInItsZip() throws IOException {
    Path gzip = Files.createDirectories(folder.resolve("gzip"));
    Checksums.idx(train).write(gzip.resolve("emnist-digits-train-images-idx3-ubyte.gz"));
    Checksums.idx(new byte[20]).write(gzip.resolve("emnist-digits-train-labels-idx1-ubyte.gz"));
    Checksums.idx(test).write(gzip.resolve("emnist-digits-test-images-idx3-ubyte.gz"));
    Checksums.idx(new byte[5]).write(gzip.resolve("emnist-digits-test-labels-idx1-ubyte.gz"));
    Checksums.idx(test).write(gzip.resolve("emnist-letters-train-images-idx3-ubyte.gz"));
  }

  private Dataset load(ByHand set, Path data) throws IOException {
    return set.load(NAME, data, Reading.PLAIN, Published.ALL, notices);
  }

  @Test
  void itsImagesAreTurnedUpright() throws IOException {
    Dataset found = load(SET, folder);
    assertEquals(NAME, found.name());
    assertEquals(5, found.testLabels().length);
    byte[] pixels = new byte[train.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / 28 % 28;
      pixels[i] = train.pixels()[i / 784 * 784 + i % 28 * 28 + row];
    }
    assertArrayEquals(pixels, found.train().pixels());
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains("turned upright"), said.get(0));
  }

  @Test
  void withoutItsNameThatTheyAreNotIsSaid() throws IOException {
    Files.delete(folder.resolve("gzip").resolve("emnist-letters-train-images-idx3-ubyte.gz"));
    Found found = ImageFiles.read(folder, "", Reading.PLAIN, notices);
    assertEquals(train, found.train().images());
    assertTrue(said.get(0).contains("lie on their side; --dataset emnist-digits"), said.get(0));
  }

  @Test
  void othersAreRefused() {
    ByHand larger = new ByHand("KMNIST", "https://a.page/", 21, 5, false);
    String message = assertThrows(FormatException.class, () -> load(larger, folder)).getMessage();
    assertTrue(message.contains("20 training images of 28x28 where KMNIST has 21"), message);
    message = assertThrows(DownloadException.class, () -> load(SET, null)).getMessage();
    assertTrue(message.contains("get its IDX files from https://a.page/"), message);
  }
}
