package vaeocl.report;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The classes of the test set.
 *
 * @param labels the label of each picture, unsigned
 * @param values the labels that occur, rising
 * @param word what a class is called, such as "digit"
 */
record Classes(byte[] labels, List<Integer> values, String word) {
  static Classes of(byte[] labels, String word) {
    TreeSet<Integer> values = new TreeSet<>();
    for (byte label : labels) {
      values.add(label & 0xff);
    }
    return new Classes(labels, List.copyOf(values), word);
  }

  /** The position of picture {@code index}'s class among {@link #values}. */
  int of(int index) {
    return values.indexOf(labels[index] & 0xff);
  }

  /** The position of each picture's class, as in {@link #of}. */
  byte[] positions() {
    byte[] position = new byte[256];
    values.forEach(v -> position[v] = (byte) values.indexOf(v));
    byte[] positions = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      positions[i] = position[labels[i] & 0xff];
    }
    return positions;
  }

  /** The first picture of each class. */
  int[] firsts() {
    int[] firsts = new int[values.size()];
    Arrays.fill(firsts, -1);
    for (int i = labels.length - 1; i >= 0; i--) {
      firsts[of(i)] = i;
    }
    return firsts;
  }
}
