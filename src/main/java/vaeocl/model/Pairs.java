package vaeocl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pairs of images between which to go, by their numbers: the same for the same images.
 *
 * @param same of one class each; any where there are no labels
 * @param different of two classes each; empty where there are no labels
 */
public record Pairs(List<int[]> same, List<int[]> different) {
  /** Of each kind. */
  private static final int COUNT = 10;

  public Pairs {
    same = List.copyOf(same);
    different = List.copyOf(different);
  }

  /**
   * Ten of each kind where the images have them: in turn of each class its first two images, and
   * the first of each with one of a class a third of all classes on, such as 0 with 3; then the
   * next ones. Without labels, twenty of any that follow each other.
   *
   * @param labels the class of each image, unsigned; null where there are none
   * @param images how many there are
   */
  public static Pairs of(byte[] labels, int images) {
    List<int[]> same = new ArrayList<>();
    if (labels == null) {
      for (int i = 0; i + 1 < images && same.size() < 2 * COUNT; i += 2) {
        same.add(new int[] {i, i + 1});
      }
      return new Pairs(same, List.of());
    }
    TreeMap<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int i = 0; i < images; i++) {
      byClass.computeIfAbsent(labels[i] & 0xff, label -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> classes = List.copyOf(byClass.values());
    int all = classes.size();
    int on = Math.max(1, all / 3);
    List<int[]> different = new ArrayList<>();
    for (int round = 0; round < COUNT; round++) {
      for (int c = 0; c < all; c++) {
        add(same, classes.get(c), 2 * round, classes.get(c), 2 * round + 1);
        if (all > 1) {
          List<Integer> other = classes.get((c + on) % all);
          int second = Math.min(2 * round + 1, Math.max(2 * round, other.size() - 1));
          add(different, classes.get(c), 2 * round, other, second);
        }
      }
    }
    return new Pairs(same, different);
  }

  private static void add(List<int[]> pairs, List<Integer> a, int i, List<Integer> b, int j) {
    if (pairs.size() < COUNT && i < a.size() && j < b.size()) {
      pairs.add(new int[] {a.get(i), b.get(j)});
    }
  }

  /** All of them, those of one class first. */
  public List<int[]> all() {
    return Stream.concat(same.stream(), different.stream()).toList();
  }
}
