package vaeocl.reference;

/** How far single-precision arithmetic may stray. */
final class Rounding {
  /** Half a unit in the last place of a float near 1. */
  static final double UNIT = 0x1p-24;

  /** Allowed where everything cancels. */
  static final double FLOOR = 1e-7;

  private Rounding() {}

  /**
   * Bound for a sum of k products in any order: 4·√k·2⁻²⁴·Σ|aᵢ·bᵢ| + 10⁻⁷.
   *
   * @param magnitude Σ|aᵢ·bᵢ|
   */
  static double sum(int k, double magnitude) {
    return 4 * Math.sqrt(k) * UNIT * magnitude + FLOOR;
  }

  /** Bound for a few elementary functions in a row, OpenCL allowing each up to 4 ulp. */
  static double functions(double magnitude) {
    return 16 * UNIT * Math.abs(magnitude) + FLOOR;
  }
}
