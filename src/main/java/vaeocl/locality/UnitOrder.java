package vaeocl.locality;

import java.util.ArrayList;
import java.util.List;
import vaeocl.ops.Backend;
import vaeocl.ops.Linear;
import vaeocl.ops.Param;
import vaeocl.ops.Tensor;

/**
 * Which units of a hidden layer come side by side. Exchanging two units with all that belongs to
 * them changes nothing of what a net computes but by rounding; so those that are zero for the same
 * images are put together, and products skip what is zero in a whole tile.
 */
final class UnitOrder {
  private UnitOrder() {}

  /**
   * Groups of units that have as many zeros in common as possible: each group begins with the unit
   * that is most often zero among those left, and takes the one that adds least, again and again.
   *
   * @param values what the units put out, [samples, units]
   * @param neighbours units of a group
   * @return for each place the unit that comes there
   */
  static int[] of(float[] values, int units, int neighbours) {
    long[][] active = active(values, units);
    List<Integer> left = new ArrayList<>();
    for (int u = 0; u < units; u++) {
      left.add(u);
    }
    int[] order = new int[units];
    long[] group = new long[active[0].length];
    for (int place = 0; place < units; place++) {
      if (place % neighbours == 0) {
        group = new long[group.length];
      }
      int best = 0;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i < left.size(); i++) {
        int union = union(group, active[left.get(i)]);
        if (union < least) {
          least = union;
          best = i;
        }
      }
      int unit = left.remove(best);
      order[place] = unit;
      for (int w = 0; w < group.length; w++) {
        group[w] |= active[unit][w];
      }
    }
    return order;
  }

  /** For each unit a bit for each sample for which it is not zero. */
  private static long[][] active(float[] values, int units) {
    int samples = values.length / units;
    long[][] active = new long[units][(samples + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        int sample = i / units;
        active[i % units][sample / Long.SIZE] |= 1L << sample;
      }
    }
    return active;
  }

  private static int union(long[] a, long[] b) {
    int count = 0;
    for (int w = 0; w < a.length; w++) {
      count += Long.bitCount(a[w] | b[w]);
    }
    return count;
  }

  /** Puts a hidden layer's units in an order, with Adam's moments. */
  static void apply(Backend backend, Linear below, Linear above, int[] order) {
    for (Param p : List.of(below.weight(), below.bias())) {
      for (Tensor t : List.of(p.value(), p.m(), p.v())) {
        backend.write(t, rows(backend.read(t), order));
      }
    }
    Param p = above.weight();
    for (Tensor t : List.of(p.value(), p.m(), p.v())) {
      backend.write(t, columns(backend.read(t), order));
    }
  }

  private static float[] rows(float[] values, int[] order) {
    int width = values.length / order.length;
    float[] moved = new float[values.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(values, order[i] * width, moved, i * width, width);
    }
    return moved;
  }

  private static float[] columns(float[] values, int[] order) {
    float[] moved = new float[values.length];
    for (int row = 0; row < values.length; row += order.length) {
      for (int i = 0; i < order.length; i++) {
        moved[row + i] = values[row + order[i]];
      }
    }
    return moved;
  }
}
