package vaeocl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.data.IdxFolder;
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
