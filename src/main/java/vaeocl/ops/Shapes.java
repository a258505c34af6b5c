package vaeocl.ops;

/** Shape checks whose messages carry the shapes. */
final class Shapes {
  private Shapes() {}

  static void require(boolean holds, String rule, Tensor a, Tensor b) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Must have " + rule + ": " + a.describe() + " vs " + b.describe());
    }
  }
}
