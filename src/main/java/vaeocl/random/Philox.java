package vaeocl.random;

/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011). A number is a pure function of key (the run's seed) and
 * counter, so it depends neither on the order of calls nor on how a device splits the work. {@code
 * kernels/lib/philox.cl} is the same function in OpenCL C, equal bit for bit.
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /**
   * Four random words.
   *
   * @param key the seed
   * @param c0 first counter word: {@link Stream#word()}
   * @param c1 second counter word: step or epoch
   * @param c2 third counter word: row or data-set index
   * @param c3 fourth counter word: block within the row
   * @param out receives four unsigned 32-bit words
   */
  public static void block(long key, int c0, int c1, int c2, int c3, int[] out) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /**
   * A word as a uniform number strictly inside (0, 1): (⌊u / 2⁹⌋ + ½) · 2⁻²³, which is a float
   * without rounding.
   */
  public static double uniform(int word) {
    return ((word >>> 9) + 0.5) * 0x1p-23;
  }

  /**
   * Standard normal numbers by Box and Muller: dimension d of a row is element d mod 4 of block ⌊d
   * / 4⌋, and each pair of uniforms (u, v) gives √(−2 ln u)·cos 2πv and √(−2 ln u)·sin 2πv.
   *
   * @param first first block of the row, a sample's number times ⌈count / 4⌉
   * @param count numbers wanted
   */
  public static double[] normals(long key, Stream stream, int c1, int c2, int first, int count) {
    double[] normals = new double[count];
    int[] words = new int[4];
    for (int d = 0; d < count; d++) {
      if (d % 4 == 0) {
        block(key, stream.word(), c1, c2, first + d / 4, words);
      }
      int pair = d % 4 / 2 * 2;
      double radius = Math.sqrt(-2 * Math.log(uniform(words[pair])));
      double angle = 2 * Math.PI * uniform(words[pair + 1]);
      normals[d] = radius * (d % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
    }
    return normals;
  }

  /**
   * A permutation of 0 … count − 1 by Fisher and Yates, drawn without bias.
   *
   * @param c1 which permutation: the epoch
   */
  public static int[] permutation(long key, Stream stream, int c1, int count) {
    int[] order = new int[count];
    int[] words = new int[4];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = below(key, stream, c1, i, words);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** A whole number in 0 … i, from counter row i; words that would favour some are drawn again. */
  private static int below(long key, Stream stream, int c1, int i, int[] words) {
    long bound = i + 1L;
    long limit = 0x1_0000_0000L / bound * bound;
    for (int attempt = 0; ; attempt++) {
      block(key, stream.word(), c1, i, attempt, words);
      for (int word : words) {
        long u = word & 0xFFFFFFFFL;
        if (u < limit) {
          return (int) (u % bound);
        }
      }
    }
  }
}
