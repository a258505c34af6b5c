package vaeocl.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which images of a batch come side by side. The images of a batch are given by the shuffle; their
 * order within it changes no sum but by rounding, and is chosen so that images whose last known mu
 * are near each other share tiles: their pixels and their hidden units are zero in the same places,
 * and products skip what is zero in a whole tile.
 */
final class BatchOrder {
  private final int batch;
  private final int latent;
  private final int together;
  private final float[] mu;

  /**
   * @param images in the data set
   * @param batch images of a batch
   * @param latent numbers of a mu
   * @param together rows of a tile
   */
  BatchOrder(int images, int batch, int latent, int together) {
    this.batch = batch;
    this.latent = latent;
    this.together = together;
    mu = new float[Math.multiplyExact(images, latent)];
  }

  /** The last known mu of every image, [images, latent], zeros where it is not known. */
  float[] mu() {
    return mu.clone();
  }

  /** Sets what {@link #mu} returned. */
  void restore(float[] values) {
    System.arraycopy(values, 0, mu, 0, mu.length);
  }

  /**
   * Takes down where images are.
   *
   * @param order image numbers
   * @param found mu of the images in that order, [images, latent]
   * @param from first place that counts
   * @param to the place behind the last
   */
  void learn(int[] order, float[] found, int from, int to) {
    for (int i = from; i < to; i++) {
      System.arraycopy(found, i * latent, mu, order[i] * latent, latent);
    }
  }

  /** Arranges each batch of an order; the set of its images stays. */
  void arrange(int[] order) {
    if (together == 1) {
      return;
    }
    int batches = (order.length + batch - 1) / batch;
    IntStream.range(0, batches)
        .parallel()
        .forEach(
            b -> {
              int from = b * batch;
              int to = Math.min(order.length, from + batch);
              arrange(order, from, to, new long[to - from], from);
            });
  }

  /** A k-d tree: halves along the widest direction, in whole tiles, until a tile is left. */
  private void arrange(int[] order, int from, int to, long[] keys, int first) {
    if (to - from <= together) {
      return;
    }
    int direction = widest(order, from, to);
    for (int i = from; i < to; i++) {
      keys[i - first] = key(mu[order[i] * latent + direction], order[i]);
    }
    Arrays.sort(keys, from - first, to - first);
    for (int i = from; i < to; i++) {
      order[i] = (int) keys[i - first];
    }
    int half = (to - from + 1) / 2;
    int middle = from + (half + together - 1) / together * together;
    arrange(order, from, middle, keys, first);
    arrange(order, middle, to, keys, first);
  }

  private int widest(int[] order, int from, int to) {
    int widest = 0;
    float most = -1;
    for (int d = 0; d < latent; d++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        float value = mu[order[i] * latent + d];
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      if (high - low > most) {
        most = high - low;
        widest = d;
      }
    }
    return widest;
  }

  /** Sorts by value, then by image: an order of its own, wherever the images come from. */
  private static long key(float value, int image) {
    int bits = Float.floatToIntBits(value);
    int sortable = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    return (long) sortable << 32 | image;
  }
}
