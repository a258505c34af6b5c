package vaeocl.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures to train on, pictures to test with, and their labels, where there are any.
 *
 * @param name "mnist" or another published one, by its checksum; "digits" (built in); else the kind
 *     of files: "idx", "npy", "npz" or "pictures"
 * @param train the training pictures
 * @param test the test pictures, of the same size
 * @param trainLabels the class of each training picture, one unsigned byte each; not copied; null
 *     where there are none
 * @param testLabels the class of each test picture, or null
 * @param checksums of the above
 * @param source where it came from, for people: a folder or file, or "built in"
 * @param reading how that was read
 */
@SuppressWarnings("ArrayRecordComponent") // shared with Images, never written
public record Dataset(
    String name,
    Images train,
    Images test,
    byte[] trainLabels,
    byte[] testLabels,
    Checksums checksums,
    String source,
    Reading reading) {

  /**
   * @throws IllegalArgumentException if labels and pictures differ in number, or the pictures in
   *     size
   */
  public Dataset {
    requireLabels(trainLabels, train);
    requireLabels(testLabels, test);
    if (train.rows() != test.rows() || train.cols() != test.cols()) {
      throw new IllegalArgumentException("Pictures differ in size: " + train + ", " + test);
    }
  }

  private static void requireLabels(byte[] labels, Images images) {
    if (labels != null && labels.length != images.count()) {
      throw new IllegalArgumentException(labels.length + " labels for " + images);
    }
  }

  /** A data set whose checksums are computed from its contents. */
  public static Dataset of(
      String name,
      Images train,
      Images test,
      byte[] trainLabels,
      byte[] testLabels,
      String source) {
    Checksums checksums = Checksums.of(train, trainLabels, test, testLabels);
    return new Dataset(
        name, train, test, trainLabels, testLabels, checksums, source, Reading.PLAIN);
  }

  /**
   * A data set from files.
   *
   * @param known published ones, whose name it has where its contents are theirs
   */
  static Dataset of(Found found, Path source, List<Published> known) {
    Part train = found.train();
    Part test = found.test();
    Checksums checksums =
        Checksums.of(train.images(), train.labels(), test.images(), test.labels());
    String name =
        known.stream()
            .filter(published -> published.is(checksums))
            .map(Published::name)
            .findFirst()
            .orElse(found.kind());
    return new Dataset(
        name,
        train.images(),
        test.images(),
        train.labels(),
        test.labels(),
        checksums,
        absolute(source),
        found.used());
  }

  /** The same, from another folder. */
  Dataset from(Path folder) {
    return new Dataset(
        name, train, test, trainLabels, testLabels, checksums, absolute(folder), reading);
  }

  /** The same under another name. */
  Dataset named(String other) {
    return new Dataset(other, train, test, trainLabels, testLabels, checksums, source, reading);
  }

  private static String absolute(Path folder) {
    return folder.toAbsolutePath().normalize().toString();
  }

  /** The checksum of images and labels together, see {@link Checksums#all}. */
  public String sha256() {
    return checksums.all();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset that
        && name.equals(that.name)
        && source.equals(that.source)
        && checksums.equals(that.checksums)
        && reading.equals(that.reading)
        && train.equals(that.train)
        && test.equals(that.test)
        && Arrays.equals(trainLabels, that.trainLabels)
        && Arrays.equals(testLabels, that.testLabels);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + checksums.hashCode();
  }

  @Override
  public String toString() {
    return "Dataset[" + name + ", " + train + ", " + test + ", " + source + "]";
  }
}
