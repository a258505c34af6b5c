package vaeocl.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The built-in data set: digits in MNIST's shape, drawn by the program itself from hand-made
 * strokes, for machines without MNIST. Results on it are comparable with each other, not with
 * MNIST's.
 */
public final class Digits {
  /** The seed of the data set that {@link #standard} gives. */
  public static final long SEED = 1;

  private static final int PIXELS = Handwriting.SIZE * Handwriting.SIZE;

  private Digits() {}

  /** The data set as every run uses it: 60,000 for training and 10,000 for testing, 28x28. */
  public static Dataset standard() {
    return draw(60_000, 10_000, SEED);
  }

  /**
   * Draws a data set. A picture depends on the seed and its index alone (test pictures count on
   * after the training pictures), so the same arguments give the same bytes on every machine.
   *
   * @param train the number of training pictures, at least 1
   * @param test the number of test pictures, at least 1
   * @throws IllegalArgumentException if there are none of either
   */
  public static Dataset draw(int train, int test, long seed) {
    byte[] trainLabels = new byte[train];
    byte[] testLabels = new byte[test];
    return Dataset.of(
        "digits",
        images(0, trainLabels, seed),
        images(train, testLabels, seed),
        trainLabels,
        testLabels,
        "built in, seed " + seed);
  }

  /** Draws as many pictures as there is room for labels, and fills those in. */
  private static Images images(int first, byte[] labels, long seed) {
    byte[] pixels = new byte[Math.multiplyExact(labels.length, PIXELS)];
    IntStream.range(0, labels.length)
        .parallel()
        .forEach(
            i -> {
              Chance chance = new Chance(seed, first + i);
              int digit = chance.below(10);
              labels[i] = (byte) digit;
              List<Glyphs.Glyph> hands = Glyphs.of(digit);
              Handwriting.draw(hands.get(chance.below(hands.size())), chance, pixels, i * PIXELS);
            });
    return new Images(labels.length, Handwriting.SIZE, Handwriting.SIZE, pixels);
  }
}
