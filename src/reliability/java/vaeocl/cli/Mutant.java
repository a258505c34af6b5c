package vaeocl.cli;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages that disks, transfers, editors and strangers do to files, by chance. */
final class Mutant {
  /** Mostly of one kind: what headers hold, limits of numbers, what ends a text. */
  private static final byte[] TELLING = {0, 1, 8, 10, 13, 32, 34, 44, 45, 57, 127, -128, -1};

  private Mutant() {}

  /** A damaged copy. */
  static byte[] of(byte[] good, RandomGenerator random) {
    byte[] bad = good.clone();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      bad = once(bad, random);
    }
    return bad;
  }

  private static byte[] once(byte[] good, RandomGenerator random) {
    if (good.length == 0) {
      return new byte[] {TELLING[random.nextInt(TELLING.length)]};
    }
    // Heads are short and decide the most.
    boolean head = random.nextBoolean();
    int at = random.nextInt(head ? Math.min(good.length, 200) : good.length);
    int length = 1 + random.nextInt(Math.min(good.length - at, 40));
    byte[] bad = good.clone();
    switch (random.nextInt(6)) {
      case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bad[at] = TELLING[random.nextInt(TELLING.length)];
      case 2 -> Arrays.fill(bad, at, at + length, TELLING[random.nextInt(TELLING.length)]);
      case 3 -> bad = Arrays.copyOf(good, at);
      case 4 ->
          bad = joined(Arrays.copyOf(good, at), Arrays.copyOfRange(good, at + length, good.length));
      default ->
          bad = joined(Arrays.copyOf(good, at + length), Arrays.copyOfRange(good, at, good.length));
    }
    return bad;
  }

  private static byte[] joined(byte[] begin, byte[] end) {
    byte[] all = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, all, begin.length, end.length);
    return all;
  }
}
