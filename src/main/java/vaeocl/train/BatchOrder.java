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
  private static final int WARM_UPS = 3;

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

  /** Sets what the encoder said of every image, [images, latent]. */
  void restore(float[] values) {
    System.arraycopy(values, 0, mu, 0, mu.length);
  }

  /** Arranges images nobody knows, until the virtual machine has compiled it. */
  static void warmUp() {
    int images = 1 << 16;
    BatchOrder unknown = new BatchOrder(images, 128, 2, 8);
    for (int i = 0; i < unknown.mu.length; i++) {
      unknown.mu[i] = i * 0.618034f % 1; // the golden ratio's multiples are spread evenly
    }
    for (int round = 0; round < WARM_UPS; round++) {
      int[] order = new int[images];
      Arrays.setAll(order, i -> i);
      unknown.arrange(order);
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
              arrange(order, from, to);
            });
  }

  /** A k-d tree: halves along the widest direction, in whole tiles, until a tile is left. */
  private void arrange(int[] order, int from, int to) {
    if (to - from <= together) {
      return;
    }
    int half = (to - from + 1) / 2;
    int middle = from + (half + together - 1) / together * together;
    if (middle < to) {
      select(order, from, to, middle, widest(order, from, to));
    }
    arrange(order, from, Math.min(middle, to));
    arrange(order, Math.min(middle, to), to);
  }

  /** Hoare's selection: those before {@code middle} are nowhere greater than those from it on. */
  private void select(int[] order, int from, int to, int middle, int direction) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      float pivot = at(order[(low + high) >>> 1], direction);
      int i = low;
      int j = high;
      while (i <= j) {
        while (at(order[i], direction) < pivot) {
          i++;
        }
        while (at(order[j], direction) > pivot) {
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

  private float at(int image, int direction) {
    return mu[image * latent + direction];
  }

  private int widest(int[] order, int from, int to) {
    int widest = 0;
    float most = -1;
    for (int d = 0; d < latent; d++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        float value = at(order[i], d);
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
