package vaeocl.locality;

import java.util.stream.IntStream;

/**
 * Which images of a batch come side by side. The images of a batch are given by the shuffle; their
 * order within it changes no sum but by rounding, and is chosen so that images whose mu are near
 * each other share tiles: their pixels and their hidden units are zero in the same places, and
 * products skip what is zero in a whole tile.
 *
 * @param batch images of a batch
 * @param latent numbers of a mu
 * @param neighbours rows of a tile
 */
record BatchOrder(int batch, int latent, int neighbours) {
  private static final int WARM_UPS = 3;

  /** Arranges images nobody knows, until the virtual machine has compiled it. */
  static void warmUp() {
    int images = 1 << 16;
    BatchOrder batches = new BatchOrder(128, 2, 8);
    float[] mu = new float[2 * images];
    for (int i = 0; i < mu.length; i++) {
      mu[i] = i * 0.618034f % 1; // the golden ratio's multiples are spread evenly
    }
    for (int round = 0; round < WARM_UPS; round++) {
      batches.arrange(IntStream.range(0, images).toArray(), mu);
    }
  }

  /**
   * Arranges each batch of an order; the set of its images stays.
   *
   * @param mu [images, latent]
   */
  void arrange(int[] order, float[] mu) {
    int batches = (order.length + batch - 1) / batch;
    IntStream.range(0, batches)
        .parallel()
        .forEach(
            b -> {
              int from = b * batch;
              int to = Math.min(order.length, from + batch);
              arrange(order, mu, from, to);
            });
  }

  /** A k-d tree: halves along the widest direction, in whole tiles, until a tile is left. */
  private void arrange(int[] order, float[] mu, int from, int to) {
    if (to - from <= neighbours) {
      return;
    }
    int half = (to - from + 1) / 2;
    int middle = from + (half + neighbours - 1) / neighbours * neighbours;
    if (middle < to) {
      select(order, mu, from, to, middle, widest(order, mu, from, to));
    }
    arrange(order, mu, from, Math.min(middle, to));
    arrange(order, mu, Math.min(middle, to), to);
  }

  /** Hoare's selection: those before {@code middle} are nowhere greater than those from it on. */
  private void select(int[] order, float[] mu, int from, int to, int middle, int direction) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      float pivot = at(mu, order[(low + high) >>> 1], direction);
      int i = low;
      int j = high;
      while (i <= j) {
        while (at(mu, order[i], direction) < pivot) {
          i++;
        }
        while (at(mu, order[j], direction) > pivot) {
          j--;
        }
        if (i <= j) {
          int moved = order[i];
          order[i++] = order[j];
          order[j--] = moved;
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private float at(float[] mu, int image, int direction) {
    return mu[image * latent + direction];
  }

  private int widest(int[] order, float[] mu, int from, int to) {
    int widest = 0;
    float most = -1;
    for (int d = 0; d < latent; d++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        float value = at(mu, order[i], d);
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
}
