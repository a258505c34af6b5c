package vaeocl.data;

/**
 * A part of a data set: that to train with, or that to test with.
 *
 * @param labels the class of each image, an unsigned byte; null where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never written
record Part(Images images, byte[] labels) {

  /**
   * @throws IllegalArgumentException if labels and images differ in number
   */
  Part {
    if (labels != null && labels.length != images.count()) {
      throw new IllegalArgumentException(labels.length + " labels for " + images);
    }
  }

  /** The images of these numbers, in their order. */
  Part select(int[] numbers) {
    int size = images.size();
    byte[] pixels = new byte[numbers.length * size];
    byte[] classes = labels == null ? null : new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(images.pixels(), numbers[i] * size, pixels, i * size, size);
      if (labels != null) {
        classes[i] = labels[numbers[i]];
      }
    }
    return new Part(new Images(numbers.length, images.rows(), images.cols(), pixels), classes);
  }
}
