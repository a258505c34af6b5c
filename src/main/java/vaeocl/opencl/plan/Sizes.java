package vaeocl.opencl.plan;

import java.util.Map;

/** Sizes of a tiling as a file has them. */
public final class Sizes {
  /** No size of a tiling comes near. */
  private static final int LARGEST = 4096;

  private Sizes() {}

  /**
   * A size by its name.
   *
   * @throws IllegalArgumentException if it is missing or absurd
   */
  public static int get(Map<String, Integer> sizes, String name) {
    Integer value = sizes.get(name);
    if (value == null || value < 1) {
      throw new IllegalArgumentException("size " + name + " is " + value);
    }
    return or(sizes, name, value);
  }

  /**
   * A size that earlier versions did not have.
   *
   * @param missing what it was then
   * @throws IllegalArgumentException if it is absurd
   */
  public static int or(Map<String, Integer> sizes, String name, int missing) {
    Integer value = sizes.containsKey(name) ? sizes.get(name) : Integer.valueOf(missing);
    if (value == null || value < 0 || value > LARGEST) {
      throw new IllegalArgumentException("size " + name + " is " + value);
    }
    return value;
  }
}
