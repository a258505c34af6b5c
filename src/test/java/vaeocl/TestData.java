package vaeocl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.data.IdxFolder;
import vaeocl.data.Images;
import vaeocl.formats.Idx;

/** Images for tests. */
public final class TestData {
  private TestData() {}

  /** MNIST where {@code -Dvaeocl.mnist=DIR} names it, else built-in digits, and says which. */
  public static Dataset mnistOrDigits() throws IOException {
    String folder = System.getProperty("vaeocl.mnist", "");
    if (folder.isEmpty()) {
      System.out.println("no -Dvaeocl.mnist=DIR: testing with the built-in digits");
      return Digits.draw(4000, 500, 1);
    }
    return IdxFolder.read(Path.of(folder));
  }

  /** A folder with a few digits in MNIST's files. */
  public static Path digitsFolder(Path folder, int train, int test) throws IOException {
    Dataset digits = Digits.draw(train, test, 7);
    Files.createDirectories(folder);
    int[] trainDims = {train, digits.train().rows(), digits.train().cols()};
    int[] testDims = {test, digits.test().rows(), digits.test().cols()};
    write(folder, "train-images-idx3-ubyte", trainDims, digits.train().pixels());
    write(folder, "train-labels-idx1-ubyte", new int[] {train}, digits.trainLabels());
    write(folder, "t10k-images-idx3-ubyte", testDims, digits.test().pixels());
    write(folder, "t10k-labels-idx1-ubyte", new int[] {test}, digits.testLabels());
    return folder;
  }

  /** Images of any size, none like another: blobs of grey. */
  public static Images blobs(int count, int rows, int cols, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * rows * cols];
    for (int i = 0; i < count; i++) {
      double y = rows * random.nextDouble();
      double x = cols * random.nextDouble();
      double width = 1 + Math.min(rows, cols) / 4.0;
      for (int p = 0; p < rows * cols; p++) {
        int row = p / cols;
        double far = Math.hypot(row + 0.5 - y, p % cols + 0.5 - x) / width;
        pixels[i * rows * cols + p] = (byte) Math.round(255 * Math.exp(-far * far));
      }
    }
    return new Images(count, rows, cols, pixels);
  }

  /** A folder of {@link #blobs} in MNIST's files, without labels. */
  public static Path blobsFolder(Path folder, int train, int test, int rows, int cols)
      throws IOException {
    Files.createDirectories(folder);
    for (String part : new String[] {"train", "t10k"}) {
      int count = part.equals("train") ? train : test;
      byte[] pixels = blobs(count, rows, cols, count).pixels();
      write(folder, part + "-images-idx3-ubyte", new int[] {count, rows, cols}, pixels);
    }
    return folder;
  }

  /** A folder of black images in MNIST's files. */
  public static Path blankFolder(Path folder, int train, int test, int rows, int cols)
      throws IOException {
    Files.createDirectories(folder);
    for (String part : new String[] {"train", "t10k"}) {
      int count = part.equals("train") ? train : test;
      int[] dims = {count, rows, cols};
      write(folder, part + "-images-idx3-ubyte", dims, new byte[count * rows * cols]);
      write(folder, part + "-labels-idx1-ubyte", new int[] {count}, new byte[count]);
    }
    return folder;
  }

  private static void write(Path folder, String name, int[] dims, byte[] data) throws IOException {
    new Idx(dims, data).write(folder.resolve(name));
  }
}
