package vaeocl.data;

import java.util.Arrays;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/**
 * What a folder or file holds.
 *
 * @param kind of files: "idx", "npy", "npz" or "pictures"
 * @param test null where there is one part only
 * @param used what the user said of it, as far as it was needed
 */
record Found(String kind, Part train, Part test, Reading used) {
  /** The split is the same for every run, whatever its seed, so that their images are the same. */
  private static final long SPLIT_SEED = 1;

  /**
   * The same in two parts: a share of the images, chosen by Philox, is to test with. Both keep
   * their order.
   *
   * @param wanted says the share; {@link Reading#SHARE} where it says none
   * @throws IllegalArgumentException if there are too few images for it
   */
  Found split(Reading wanted) {
    int count = train.images().count();
    if (count < 2) {
      throw new IllegalArgumentException("one image is not enough to train and to test with");
    }
    double share = wanted.testShare() == 0 ? Reading.SHARE : wanted.testShare();
    int tested = (int) Math.min(count - 1L, Math.max(1, Math.round(share * count)));
    int[] order = Philox.permutation(SPLIT_SEED, Stream.SPLIT, 0, count);
    int[] first = Arrays.copyOf(order, tested);
    int[] rest = Arrays.copyOfRange(order, tested, count);
    Arrays.sort(first);
    Arrays.sort(rest);
    return new Found(kind, train.select(rest), train.select(first), used.withTestShare(share));
  }

  /** The same with white for black. */
  Found inverted() {
    return new Found(kind, inverted(train), inverted(test), used.withInvert(true));
  }

  private static Part inverted(Part part) {
    Images images = part.images();
    byte[] pixels = images.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~pixels[i]; // 255 - v
    }
    return new Part(
        new Images(images.count(), images.rows(), images.cols(), pixels), part.labels());
  }

  /** The same with rows and columns exchanged. */
  Found transposed() {
    return new Found(kind, transposed(train), transposed(test), used);
  }

  private static Part transposed(Part part) {
    Images images = part.images();
    int size = images.size();
    byte[] from = images.pixels();
    byte[] pixels = new byte[from.length];
    for (int i = 0; i < images.count(); i++) {
      for (int p = 0; p < size; p++) {
        int to = p % images.cols() * images.rows() + p / images.cols();
        pixels[i * size + to] = from[i * size + p];
      }
    }
    return new Part(
        new Images(images.count(), images.cols(), images.rows(), pixels), part.labels());
  }
}
