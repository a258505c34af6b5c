package vaeocl.random;

/**
 * What a random number is for. Streams never share a number: the stream is the first word of
 * Philox's counter.
 */
public enum Stream {
  INIT(0),
  SHUFFLE(1),
  TRAIN(2),
  EVALUATE(3),
  GENERATE(4),
  BINARISE(5),
  /** Which training images are set aside. */
  VALIDATION(7),
  /** Which images of a data set in one part are to test with. */
  SPLIT(8);

  private final int word;

  Stream(int word) {
    this.word = word;
  }

  /** The first word of the counter; kernels receive it as an argument. */
  public int word() {
    return word;
  }
}
