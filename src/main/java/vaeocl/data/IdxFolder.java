package vaeocl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vaeocl.formats.FormatException;
import vaeocl.formats.Idx;

/**
 * A folder with MNIST's four files, or its two of images, each gzip-packed (".gz") or not, under
 * any name and in any place that {@link IdxNames} knows.
 */
public final class IdxFolder {
  /** The training pictures' file, unpacked. */
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";

  /** The training labels' file, unpacked. */
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";

  /** The test pictures' file, unpacked. */
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";

  /** The test labels' file, unpacked. */
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** All four, in the order of {@link Checksums#all}. */
  static final List<String> FILES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  /** A file that was read. */
  private record Source(Path file, Idx idx) {}

  private IdxFolder() {}

  /**
   * Reads a data set of any number and size of pictures, with or without labels. It has the name of
   * a published one where its checksum is that one's, else "idx".
   *
   * @throws FormatException if the folder or a file is missing, a file is not what its name says,
   *     there are two of a name with other contents, or the four do not belong together
   */
  public static Dataset read(Path folder) throws FormatException {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "not a folder" : "no such folder";
      throw new FormatException(folder, what + "; name the one that holds MNIST's four files");
    }
    return Dataset.of(read(IdxNames.in(folder, "")), folder, Published.ALL);
  }

  /** As above, but only what was found. */
  static Found read(IdxNames names) throws FormatException {
    boolean labelled = names.has(TRAIN_LABELS) || names.has(TEST_LABELS);
    Images train = images(source(names, TRAIN_IMAGES));
    byte[] trainLabels = labelled ? labels(source(names, TRAIN_LABELS), train) : null;
    Source testImages = source(names, TEST_IMAGES);
    Images test = images(testImages);
    byte[] testLabels = labelled ? labels(source(names, TEST_LABELS), test) : null;
    if (train.rows() != test.rows() || train.cols() != test.cols()) {
      throw new FormatException(
          testImages.file(),
          "images of %dx%d, but those of %s are %dx%d; are the files of one data set?"
              .formatted(test.rows(), test.cols(), TRAIN_IMAGES, train.rows(), train.cols()));
    }
    return new Found(
        "idx", new Part(train, trainLabels), new Part(test, testLabels), Reading.PLAIN);
  }

  private static Images images(Source source) {
    int[] dims = source.idx().dims();
    return new Images(dims[0], dims[1], dims[2], source.idx().data());
  }

  private static byte[] labels(Source source, Images images) throws FormatException {
    byte[] labels = source.idx().data();
    if (labels.length != images.count()) {
      throw new FormatException(
          source.file(),
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

  /**
   * What has this name: packed and unpacked, say. A damaged one does not count beside one that
   * reads.
   */
  private static Source source(IdxNames names, String name) throws FormatException {
    Source found = null;
    FormatException damage = null;
    for (Path file : names.candidates(name)) {
      Idx idx;
      try {
        idx = Idx.read(file, kind(name));
      } catch (FormatException e) {
        damage = damage == null ? e : damage;
        continue;
      }
      if (found != null && !found.idx().equals(idx)) {
        throw new FormatException(
            file,
            "its contents are not those of "
                + found.file()
                + "; name the folder that has one of them, or take the other away");
      }
      found = found == null ? new Source(file, idx) : found;
    }
    if (found == null) {
      throw damage;
    }
    return found;
  }
}
