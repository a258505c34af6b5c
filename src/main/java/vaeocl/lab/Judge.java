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

  /** Neighbours that are asked for their class. */
  public static final int NEIGHBOURS = 10;

  private final Images known;
  private final byte[] labels;

  /**
   * A judge who knows some pictures.
   *
   * @param labels of them, or null
   * @throws IllegalArgumentException if they have more than 16,512 pixels
   */
  public Judge(Images known, byte[] labels) {
    if (known.size() > MOST_PIXELS) {
      throw new IllegalArgumentException(
          known.size() + " pixels a picture, at most " + MOST_PIXELS + " can be judged");
    }
    this.known = known;
    this.labels = labels;
  }

  /**
   * What is found of pictures.
   *
   * @param distances of each to the nearest that is known
   * @param votes how many of each one's {@value #NEIGHBOURS} nearest are of the class that most of
   *     them are of; all where there are no labels
   */
  @SuppressWarnings("ArrayRecordComponent") // made here and only read
  public record Findings(double[] distances, int[] votes) {
    /** Which pictures are within a distance, and between neighbours of whom so many agree. */
    public boolean[] accepted(double limit, int agree) {
      boolean[] accepted = new boolean[distances.length];
      for (int i = 0; i < accepted.length; i++) {
        accepted[i] = distances[i] <= limit && votes[i] >= agree;
      }
      return accepted;
    }
  }

  /**
   * Looks at pictures.
   *
   * @param pictures [N][pixels], a byte a pixel
   */
  public Findings look(byte[][] pictures) {
    int[][] inks = Arrays.stream(pictures).map(Judge::ink).toArray(int[][]::new);
    int blocks = (known.count() + BLOCK - 1) / BLOCK;
    long[][] nearest =
        IntStream.range(0, blocks)
            .parallel()
            .mapToObj(b -> nearest(b * BLOCK, inks))
            .reduce(Judge::merged)
            .orElseThrow();
    double[] distances = new double[pictures.length];
    int[] votes = new int[pictures.length];
    for (int i = 0; i < distances.length; i++) {
      double square = nearest[i][0] >> Integer.SIZE;
      for (byte level : pictures[i]) {
        square += (level & 0xff) * (level & 0xff);
      }
      distances[i] = Math.sqrt(square) / 255;
      votes[i] = votes(nearest[i]);
    }
    return new Findings(distances, votes);
  }

  private int votes(long[] nearest) {
    if (labels == null) {
      return NEIGHBOURS;
    }
    int[] votes = new int[256];
    int most = 0;
    for (long each : nearest) {
      if (each != Long.MAX_VALUE) {
        most = Math.max(most, ++votes[labels[(int) each] & 0xff]);
      }
    }
    return most;
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

  /**
   * Of each picture the nearest in a block of known pictures t, by rising |t|² − 2·t·picture, which
   * is in the upper half of a number, and the index of t in the lower.
   */
  private long[][] nearest(int first, int[][] inks) {
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
    long[][] nearest = new long[inks.length][NEIGHBOURS];
    int[] dots = new int[BLOCK];
    for (int i = 0; i < inks.length; i++) {
      Arrays.fill(dots, 0);
      for (int k = 0; k < inks[i].length; k += 2) {
        add(dots, levels, inks[i][k] * BLOCK, inks[i][k + 1]);
      }
      Arrays.fill(nearest[i], Long.MAX_VALUE);
      for (int t = 0; t < count; t++) {
        insert(nearest[i], ((long) (norms[t] - 2 * dots[t]) << Integer.SIZE) + first + t);
      }
    }
    return nearest;
  }

  private static void add(int[] dots, int[] levels, int at, int level) {
    for (int t = 0; t < BLOCK; t++) {
      dots[t] += level * levels[at + t];
    }
  }

  private static void insert(long[] rising, long value) {
    int place = rising.length;
    while (place > 0 && value < rising[place - 1]) {
      if (place < rising.length) {
        rising[place] = rising[place - 1];
      }
      place--;
    }
    if (place < rising.length) {
      rising[place] = value;
    }
  }

  private static long[][] merged(long[][] a, long[][] b) {
    long[][] merged = new long[a.length][];
    for (int i = 0; i < a.length; i++) {
      merged[i] = a[i].clone();
      for (long value : b[i]) {
        insert(merged[i], value);
      }
    }
    return merged;
  }

  /** The least distance that at least this share of them does not pass. */
  public static double quantile(double[] distances, double share) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, place))];
  }

  /** The share that is accepted. */
  public static double share(boolean[] accepted) {
    int count = 0;
    for (boolean each : accepted) {
      count += each ? 1 : 0;
    }
    return (double) count / accepted.length;
  }
}
