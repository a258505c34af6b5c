package vaeocl.compare;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.model.LatentPoints;
import vaeocl.model.Rows;

/**
 * What all runs are shown with: a few test images, and a few points of the prior, of which a run
 * takes as many dimensions as it has.
 *
 * @param images indices of test images
 */
public record Exhibit(Images test, int[] images) {
  private static final int COUNT = 10;
  private static final long SEED = 1;

  /** Of a data set: the first image of each class, then others. */
  public static Exhibit of(Dataset data) {
    TreeMap<Integer, Integer> firsts = new TreeMap<>();
    byte[] labels = data.testLabels();
    for (int i = 0; labels != null && i < labels.length; i++) {
      firsts.putIfAbsent(labels[i] & 0xff, i);
    }
    Set<Integer> chosen = new LinkedHashSet<>(firsts.values());
    for (int i = 0; i < Math.min(data.test().count(), 2 * COUNT); i++) {
      chosen.add(i);
    }
    return new Exhibit(data.test(), chosen.stream().limit(COUNT).mapToInt(i -> i).toArray());
  }

  /** The images as they are, a byte a pixel. */
  public byte[][] originals() {
    return Arrays.stream(images).mapToObj(i -> pixels(test, i)).toArray(byte[][]::new);
  }

  private static byte[] pixels(Images of, int index) {
    return Arrays.copyOfRange(of.pixels(), index * of.size(), (index + 1) * of.size());
  }

  /** The images as a run sees them. */
  Rows rows(Images asSeen) {
    byte[] pixels = new byte[images.length * asSeen.size()];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(pixels(asSeen, images[i]), 0, pixels, i * asSeen.size(), asSeen.size());
    }
    return Rows.of(new Images(images.length, asSeen.rows(), asSeen.cols(), pixels));
  }

  /** The points in a space of so many dimensions: one of fewer has their first. */
  Rows points(int latent) {
    return Rows.of(LatentPoints.prior(SEED, COUNT, latent), latent);
  }
}
