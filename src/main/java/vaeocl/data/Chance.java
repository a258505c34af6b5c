package vaeocl.data;

/**
 * Random numbers for one picture: SplitMix64 (Steele, Lea and Flood, 2014), started from the seed
 * and the picture's index alone, so that pictures can be drawn in any order and on any machine
 * alike.
 */
final class Chance {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  Chance(long seed, long index) {
    // Mixed twice, so that neighbouring indices do not walk the same sequence one step apart.
    state = mix(mix(seed + GOLDEN) + (index + 1) * 0xd1342543de82ef95L);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    state += GOLDEN;
    return (mix(state) >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform in 0..bound-1. */
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  /**
   * Bell-shaped with mean 0 and this standard deviation, never beyond three of them: the sum of
   * three uniforms. Bounded, so that no digit is bent beyond recognition; and free of logarithms.
   */
  double bell(double deviation) {
    return (uniform() + uniform() + uniform() - 1.5) * 2 * deviation;
  }
}
