package vaeocl.check;

import java.util.stream.IntStream;

/**
 * Which rows or columns of a matrix are looked at: all of a few, else {@value #MOST} spread evenly,
 * the first and the last among them, so that every tile has some.
 */
final class Grid {
  /** Rows or columns at the most. */
  static final int MOST = 64;

  /** Tiles and vectors are as wide, or a part of it: every position within them is looked at. */
  private static final int PERIOD = 32;

  private Grid() {}

  /** Indices into n, ascending. */
  static int[] of(int n) {
    if (n <= MOST) {
      return all(n);
    }
    int[] seen = new int[PERIOD];
    int[] grid = new int[MOST];
    for (int i = 0; i < MOST; i++) {
      int from = (int) ((long) i * n / MOST);
      int to = (int) ((long) (i + 1) * n / MOST);
      int best = i == MOST - 1 ? n - 1 : from;
      for (int j = from; i > 0 && i < MOST - 1 && j < to; j++) {
        best = seen[j % PERIOD] < seen[best % PERIOD] ? j : best;
      }
      seen[best % PERIOD]++;
      grid[i] = best;
    }
    return grid;
  }

  static int[] all(int n) {
    return IntStream.range(0, n).toArray();
  }
}
