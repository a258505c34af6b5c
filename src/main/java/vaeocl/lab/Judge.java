package vaeocl.lab;

import java.util.Arrays;
import java.util.stream.IntStream;
import vaeocl.data.Images;

/**
 * How near pictures are to their nearest known ones: √Σ(a − b)², with pixels from 0 to 1. Sums are
 * of integers, and exact.
 */
public final class Judge {
  /** Larger images would overflow 2·Σa·b in 32 bits. */
  private static final int MOST_PIXELS = Integer.MAX_VALUE / 2 / (255 * 255);

  /** Known pictures at a time: a block of them stays in the cache while all others pass. */
  private static final int BLOCK = 128;

  private final Images known;

  /**
   * A judge who knows some pictures.
   *
   * @throws IllegalArgumentException if they have more than 16,512 pixels
   */
  public Judge(Images known) {
    if (known.size() > MOST_PIXELS) {
      throw new IllegalArgumentException(
          known.size() + " pixels a picture, at most " + MOST_PIXELS + " can be judged");
    }
    this.known = known;
  }

  /**
   * The distance of each picture to the nearest that is known.
   *
   * @param pictures [N][pixels], a byte a pixel
   */
  public double[] distances(byte[][] pictures) {
    int[][] inks = Arrays.stream(pictures).map(Judge::ink).toArray(int[][]::new);
    int blocks = (known.count() + BLOCK - 1) / BLOCK;
    int[] least =
        IntStream.range(0, blocks)
            .parallel()
            .mapToObj(b -> least(b * BLOCK, inks))
            .reduce(Judge::smaller)
            .orElseThrow();
    double[] distances = new double[pictures.length];
    for (int i = 0; i < distances.length; i++) {
      double square = least[i];
      for (byte level : pictures[i]) {
        square += (level & 0xff) * (level & 0xff);
      }
      distances[i] = Math.sqrt(square) / 255;
    }
    return distances;
  }

  /** The pixels of a picture that are not black: place, level, place, level … */
  private static int[] ink(byte[] picture) {
    int[] ink = new int[2 * picture.length];
    int n = 0;
    for (int p = 0; p < picture.length; p++) {
      if (picture[p] != 0) {
        ink[n++] = p;
        ink[n++] = picture[p] & 0xff;
      }
    }
    return Arrays.copyOf(ink, n);
  }

  /** Of each picture the least |t|² − 2·t·picture over a block of known pictures t. */
  private int[] least(int first, int[][] inks) {
    int count = Math.min(BLOCK, known.count() - first);
    int size = known.size();
    int[] levels = new int[size * BLOCK]; // pixel by pixel, so that neighbours are added together
    int[] norms = new int[count];
    for (int t = 0; t < count; t++) {
      for (int p = 0; p < size; p++) {
        int level = known.pixels()[(first + t) * size + p] & 0xff;
        levels[p * BLOCK + t] = level;
        norms[t] += level * level;
      }
    }
    int[] least = new int[inks.length];
    int[] dots = new int[BLOCK];
    for (int i = 0; i < inks.length; i++) {
      Arrays.fill(dots, 0);
      for (int k = 0; k < inks[i].length; k += 2) {
        add(dots, levels, inks[i][k] * BLOCK, inks[i][k + 1]);
      }
      least[i] = Integer.MAX_VALUE;
      for (int t = 0; t < count; t++) {
        least[i] = Math.min(least[i], norms[t] - 2 * dots[t]);
      }
    }
    return least;
  }

  private static void add(int[] dots, int[] levels, int at, int level) {
    for (int t = 0; t < BLOCK; t++) {
      dots[t] += level * levels[at + t];
    }
  }

  private static int[] smaller(int[] a, int[] b) {
    int[] smaller = new int[a.length];
    Arrays.setAll(smaller, i -> Math.min(a[i], b[i]));
    return smaller;
  }

  /** The least distance that at least this share of them does not pass. */
  public static double quantile(double[] distances, double share) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, place))];
  }

  /** Which are accepted: those within the limit. */
  public static boolean[] accepted(double[] distances, double limit) {
    boolean[] accepted = new boolean[distances.length];
    for (int i = 0; i < accepted.length; i++) {
      accepted[i] = distances[i] <= limit;
    }
    return accepted;
  }

  /** The share that is. */
  public static double share(boolean[] accepted) {
    int count = 0;
    for (boolean each : accepted) {
      count += each ? 1 : 0;
    }
    return (double) count / accepted.length;
  }
}
