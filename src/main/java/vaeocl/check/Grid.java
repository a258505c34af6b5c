package vaeocl.check;

import java.util.stream.IntStream;

/**
 * Which rows or columns of a matrix are looked at: all of a few, else some spread evenly, the first
 * and the last among them, so that every tile has some.
 */
final class Grid {
  /** Rows or columns of a product. */
  static final int PRODUCT = 32;

  /** Images whose similarity is looked at, which takes more time. */
  static final int IMAGES = 8;

  /** Tiles and vectors are as wide, or a part of it: positions within them are all looked at. */
  private static final int PERIOD = 32;

  private Grid() {}

  /** At most so many indices into n, ascending. */
  static int[] of(int n, int most) {
    if (n <= most) {
      return all(n);
    }
    int[] seen = new int[PERIOD];
    int[] grid = new int[most];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * n / most);
      int to = (int) ((long) (i + 1) * n / most);
      int best = i == most - 1 ? n - 1 : from;
      for (int j = from; i > 0 && i < most - 1 && j < to; j++) {
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
