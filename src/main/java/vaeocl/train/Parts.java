package vaeocl.train;

import java.util.Arrays;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.model.Binarize;
import vaeocl.model.VaeConfig;
import vaeocl.random.Binarization;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/**
 * A data set as a run sees it: split, and black and white where that happens once.
 *
 * @param validation null where none are set aside
 */
public record Parts(Images train, Images validation, Images test) {
  private static final int TRAIN = 0;
  private static final int VALIDATION = 1;
  private static final int TEST = 2;

  /**
   * The images of a run. Those set aside are drawn by its seed.
   *
   * @throws IllegalArgumentException if none are left to train with
   */
  public static Parts of(Dataset data, VaeConfig config) {
    Images all = data.train();
    int aside = config.validation();
    if (aside >= all.count()) {
      throw new IllegalArgumentException(
          "all " + all.count() + " training images are set aside: none are left");
    }
    Images train = all;
    Images validation = null;
    if (aside > 0) {
      int[] drawn = Philox.permutation(config.seed(), Stream.VALIDATION, 0, all.count());
      validation = fixed(some(all, drawn, 0, aside), config, VALIDATION);
      train = some(all, drawn, aside, all.count());
    }
    boolean grey = config.binarize() != Binarize.FIXED; // or the trainer's affair, in every epoch
    return new Parts(grey ? train : fixed(train, config, TRAIN), validation, test(data, config));
  }

  /** The test images as a net with these settings is evaluated on them. */
  public static Images test(Dataset data, VaeConfig config) {
    return evaluated(data.test(), config);
  }

  /** The same of test images alone. */
  public static Images evaluated(Images test, VaeConfig config) {
    return fixed(test, config, TEST);
  }

  private static Images fixed(Images images, VaeConfig config, int part) {
    if (config.binarize() == Binarize.NONE) {
      return images;
    }
    byte[] binary = Binarization.fixed(images.pixels(), images.size(), config.seed(), part);
    return new Images(images.count(), images.rows(), images.cols(), binary);
  }

  /** Some of the images by their drawn numbers, in their own order. */
  private static Images some(Images all, int[] drawn, int from, int to) {
    int[] chosen = Arrays.copyOfRange(drawn, from, to);
    Arrays.sort(chosen);
    byte[] pixels = new byte[chosen.length * all.size()];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(all.pixels(), chosen[i] * all.size(), pixels, i * all.size(), all.size());
    }
    return new Images(chosen.length, all.rows(), all.cols(), pixels);
  }
}
