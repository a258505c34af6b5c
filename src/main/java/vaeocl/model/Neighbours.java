package vaeocl.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How well classes lie apart: each point gets the class of most of its nearest neighbours. */
public final class Neighbours {
  private static final int CLASSES = 256;

  private Neighbours() {}

  /**
   * The share of points whose class this finds.
   *
   * @param known points whose classes are known, [N, width]
   * @param points to classify, [M, width]
   * @param k neighbours that vote; of classes with as many votes, the one with the nearest wins
   */
  public static double accuracy(
      float[] known, byte[] knownClasses, float[] points, byte[] classes, int width, int k) {
    long right =
        IntStream.range(0, classes.length)
            .parallel()
            .filter(i -> vote(known, knownClasses, points, i * width, width, k) == classes[i])
            .count();
    return (double) right / classes.length;
  }

  private static byte vote(
      float[] known, byte[] knownClasses, float[] points, int at, int width, int k) {
    int count = Math.min(k, knownClasses.length);
    double[] distances = new double[count]; // rising
    byte[] nearest = new byte[count];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int j = 0; j < knownClasses.length; j++) {
      double distance = 0;
      for (int d = 0; d < width; d++) {
        double off = points[at + d] - known[j * width + d];
        distance += off * off;
      }
      int place = count;
      while (place > 0 && distance < distances[place - 1]) {
        place--;
      }
      if (place < count) {
        System.arraycopy(distances, place, distances, place + 1, count - place - 1);
        System.arraycopy(nearest, place, nearest, place + 1, count - place - 1);
        distances[place] = distance;
        nearest[place] = knownClasses[j];
      }
    }
    int[] votes = new int[CLASSES];
    int most = 0;
    for (byte each : nearest) {
      most = Math.max(most, ++votes[each & 0xff]);
    }
    for (byte each : nearest) {
      if (votes[each & 0xff] == most) {
        return each;
      }
    }
    throw new IllegalArgumentException("no known points");
  }
}
