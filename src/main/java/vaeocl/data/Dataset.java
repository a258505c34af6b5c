package vaeocl.data;

import java.nio.file.Path;
import java.util.Arrays;
import vaeocl.formats.Idx;
import vaeocl.formats.Sha256;

/**
 * Pictures to train on, pictures to test with, and their labels.
 *
 * @param name "mnist" (the published MNIST, by its checksum), "digits" (built in) or "idx" (other
 *     files in MNIST's format)
 * @param train the training pictures
 * @param test the test pictures, of the same size
 * @param trainLabels the class of each training picture, one unsigned byte each; not copied
 * @param testLabels the class of each test picture
 * @param sha256 {@link #checksum} of the above, in hexadecimal
 * @param source where it came from, for people: a folder, or "built in"
 */
@SuppressWarnings("ArrayRecordComponent") // shared with Images, never written
public record Dataset(
    String name,
    Images train,
    Images test,
    byte[] trainLabels,
    byte[] testLabels,
    String sha256,
    String source) {

  /**
   * @throws IllegalArgumentException if labels and pictures differ in number, or the pictures in
   *     size
   */
  public Dataset {
    if (trainLabels.length != train.count() || testLabels.length != test.count()) {
      throw new IllegalArgumentException(
          trainLabels.length + " and " + testLabels.length + " labels for " + train + ", " + test);
    }
    if (train.rows() != test.rows() || train.cols() != test.cols()) {
      throw new IllegalArgumentException("Pictures differ in size: " + train + ", " + test);
    }
  }

  /** A data set whose checksum is computed from its contents. */
  static Dataset of(
      String name,
      Images train,
      Images test,
      byte[] trainLabels,
      byte[] testLabels,
      String source) {
    String sha256 = checksum(train, trainLabels, test, testLabels);
    return new Dataset(name, train, test, trainLabels, testLabels, sha256, source);
  }

  /** The same, from another folder. */
  Dataset from(Path folder) {
    String where = folder.toAbsolutePath().normalize().toString();
    return new Dataset(name, train, test, trainLabels, testLabels, sha256, where);
  }

  /**
   * SHA-256 over the four unpacked IDX files (headers included) one after the other: training
   * images, training labels, test images, test labels. With files on disk:
   *
   * <pre>zcat train-images* train-labels* t10k-images* t10k-labels* | sha256sum</pre>
   */
  public static String checksum(Images train, byte[] trainLabels, Images test, byte[] testLabels) {
    Sha256 sha256 = new Sha256();
    for (Idx idx : new Idx[] {idx(train), idx(trainLabels), idx(test), idx(testLabels)}) {
      sha256.add(Idx.header(idx.dims())).add(idx.data());
    }
    return sha256.hex();
  }

  /** SHA-256 of one unpacked IDX file, header included, in hexadecimal. */
  static String checksum(Idx idx) {
    return new Sha256().add(Idx.header(idx.dims())).add(idx.data()).hex();
  }

  /** {@code images} as the array of an IDX file; the pixels are shared. */
  static Idx idx(Images images) {
    return new Idx(new int[] {images.count(), images.rows(), images.cols()}, images.pixels());
  }

  /** {@code labels} as the array of an IDX file; shared. */
  static Idx idx(byte[] labels) {
    return new Idx(new int[] {labels.length}, labels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset that
        && name.equals(that.name)
        && source.equals(that.source)
        && sha256.equals(that.sha256)
        && train.equals(that.train)
        && test.equals(that.test)
        && Arrays.equals(trainLabels, that.trainLabels)
        && Arrays.equals(testLabels, that.testLabels);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + sha256.hashCode();
  }

  @Override
  public String toString() {
    return "Dataset[" + name + ", " + train + ", " + test + ", " + source + "]";
  }
}
