package vaeocl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vaeocl.formats.FormatException;
import vaeocl.formats.Idx;

/** A folder with MNIST's four files, each gzip-packed (".gz") or not. */
public final class IdxFolder {
  /** The training pictures' file, unpacked. */
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";

  /** The training labels' file, unpacked. */
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";

  /** The test pictures' file, unpacked. */
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";

  /** The test labels' file, unpacked. */
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** All four, in the order of {@link Dataset#checksum}. */
  static final List<String> FILES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  private IdxFolder() {}

  /**
   * Reads a data set of any number and size of pictures. It is named "mnist" where its checksum is
   * that of the published MNIST, "idx" otherwise.
   *
   * @throws FormatException if the folder or a file is missing, a file is not what its name says,
   *     or the four do not belong together
   */
  public static Dataset read(Path folder) throws FormatException {
    return read(folder, Published.MNIST.sha256());
  }

  /** As {@link #read(Path)}, with another data set of this checksum in MNIST's place. */
  static Dataset read(Path folder, String mnist) throws FormatException {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "not a folder" : "no such folder";
      throw new FormatException(folder, what + "; name the one that holds MNIST's four files");
    }
    Images train = images(folder, TRAIN_IMAGES);
    byte[] trainLabels = labels(folder, TRAIN_LABELS, train);
    Images test = images(folder, TEST_IMAGES);
    byte[] testLabels = labels(folder, TEST_LABELS, test);
    if (train.rows() != test.rows() || train.cols() != test.cols()) {
      throw new FormatException(
          find(folder, TEST_IMAGES),
          "images of %dx%d, but those of %s are %dx%d; are the files of one data set?"
              .formatted(test.rows(), test.cols(), TRAIN_IMAGES, train.rows(), train.cols()));
    }
    String sha256 = Dataset.checksum(train, trainLabels, test, testLabels);
    String name = sha256.equals(mnist) ? "mnist" : "idx";
    return new Dataset(
        name,
        train,
        test,
        trainLabels,
        testLabels,
        sha256,
        folder.toAbsolutePath().normalize().toString());
  }

  private static Images images(Path folder, String name) throws FormatException {
    Idx idx = Idx.read(find(folder, name), kind(name));
    return new Images(idx.dims()[0], idx.dims()[1], idx.dims()[2], idx.data());
  }

  private static byte[] labels(Path folder, String name, Images images) throws FormatException {
    Path file = find(folder, name);
    byte[] labels = Idx.read(file, kind(name)).data();
    if (labels.length != images.count()) {
      throw new FormatException(
          file,
          labels.length
              + " labels for "
              + images.count()
              + " images; are the files of one data set?");
    }
    return labels;
  }

  /** What the file of this name has to hold. */
  static Idx.Kind kind(String name) {
    return name.contains("images") ? Idx.Kind.IMAGES : Idx.Kind.LABELS;
  }

  private static Path find(Path folder, String name) throws FormatException {
    Path plain = folder.resolve(name);
    Path packed = folder.resolve(name + ".gz");
    if (Files.exists(plain)) {
      return plain;
    }
    if (Files.exists(packed)) {
      return packed;
    }
    throw new FormatException(
        plain,
        "no such file, with or without .gz; the folder has to hold " + String.join(", ", FILES));
  }
}
