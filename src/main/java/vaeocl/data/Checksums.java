package vaeocl.data;

import vaeocl.formats.Idx;
import vaeocl.formats.Sha256;

/**
 * SHA-256 of a data set's contents, in hexadecimal: of its parts as unpacked IDX files, headers
 * included, wherever and in whatever format they were. With files on disk:
 *
 * <pre>
 * zcat train-images* train-labels* t10k-images* t10k-labels* | sha256sum      all
 * zcat train-images* t10k-images* | sha256sum                                 images
 * zcat train-labels* t10k-labels* | sha256sum                                 labels
 * </pre>
 *
 * @param all of the parts that there are, in the order above
 * @param images of the images alone, which decide whether a run's are the same
 * @param labels of the labels alone; "" where there are none
 */
public record Checksums(String all, String images, String labels) {

  /**
   * @param trainLabels null where there are none, as the test labels
   */
  static Checksums of(Images train, byte[] trainLabels, Images test, byte[] testLabels) {
    Sha256 images = add(new Sha256(), idx(train));
    Sha256 all = images.fork(); // most of the bytes are the training images'
    Sha256 labels = new Sha256();
    if (trainLabels != null) {
      add(all, idx(trainLabels));
      add(labels, idx(trainLabels));
    }
    add(images, idx(test));
    add(all, idx(test));
    if (testLabels != null) {
      add(all, idx(testLabels));
      add(labels, idx(testLabels));
    }
    boolean labelled = trainLabels != null || testLabels != null;
    return new Checksums(all.hex(), images.hex(), labelled ? labels.hex() : "");
  }

  /** SHA-256 of one unpacked IDX file, header included. */
  static String of(Idx idx) {
    return add(new Sha256(), idx).hex();
  }

  private static Sha256 add(Sha256 sha256, Idx idx) {
    return sha256.add(Idx.header(idx.dims())).add(idx.data());
  }

  /** {@code images} as the array of an IDX file; the pixels are shared. */
  static Idx idx(Images images) {
    return new Idx(new int[] {images.count(), images.rows(), images.cols()}, images.pixels());
  }

  /** {@code labels} as the array of an IDX file; shared. */
  static Idx idx(byte[] labels) {
    return new Idx(new int[] {labels.length}, labels);
  }
}
