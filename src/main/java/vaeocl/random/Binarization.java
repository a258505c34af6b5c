package vaeocl.random;

import java.util.stream.IntStream;

/** Grey pixels to black and white ones, by chance: 255 with probability pixel / 255, else 0. */
public final class Binarization {
  private static final int WORDS = 4;

  private Binarization() {}

  /**
   * Images that are made binary once.
   *
   * @param pixels [N, size]
   * @param part a number of its own for each part of a data set
   */
  public static byte[] fixed(byte[] pixels, int size, long seed, int part) {
    byte[] binary = new byte[pixels.length];
    // Epochs count from 0, parts from −1 down: no part has noise that training meets.
    IntStream.range(0, pixels.length / size)
        .parallel()
        .forEach(image -> of(binary, pixels, size, seed, -1 - part, image));
    return binary;
  }

  /**
   * One image, as {@code kernels/plain/binarize.cl} does it: pixel i by word i mod 4 of block i /
   * 4.
   *
   * @param epoch counter word
   */
  public static void of(byte[] binary, byte[] pixels, int size, long seed, int epoch, int image) {
    int[] words = new int[WORDS];
    for (int i = 0; i < size; i++) {
      if (i % WORDS == 0) {
        Philox.block(seed, Stream.BINARISE.word(), epoch, image, i / WORDS, words);
      }
      long u = words[i % WORDS] & 0xFFFFFFFFL;
      int at = image * size + i;
      binary[at] = (byte) (u * 255 < (pixels[at] & 0xFFL) << 32 ? 255 : 0);
    }
  }
}
