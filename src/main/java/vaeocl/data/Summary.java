package vaeocl.data;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a part of a data set is like.
 *
 * @param least the darkest grey level that occurs, 0 black to 255 white
 * @param greatest the brightest
 * @param density the mean grey level, 0 black to 1 white
 * @param classes how many images each label has, rising; empty where there are no labels
 */
public record Summary(
    int count, int least, int greatest, double density, Map<Integer, Integer> classes) {

  /**
   * Looks at every pixel.
   *
   * @param labels null where there are none
   */
  public static Summary of(Images images, byte[] labels) {
    int least = 255;
    int greatest = 0;
    long sum = 0;
    for (byte pixel : images.pixels()) {
      int level = pixel & 0xff;
      least = Math.min(least, level);
      greatest = Math.max(greatest, level);
      sum += level;
    }
    Map<Integer, Integer> classes = new TreeMap<>();
    for (byte label : labels == null ? new byte[0] : labels) {
      classes.merge(label & 0xff, 1, Integer::sum);
    }
    double density = sum / (255.0 * images.pixels().length);
    return new Summary(images.count(), least, greatest, density, classes);
  }
}
