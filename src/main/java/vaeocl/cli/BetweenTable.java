package vaeocl.cli;

import vaeocl.data.Dataset;
import vaeocl.model.Codec;
import vaeocl.model.LatentPoints;
import vaeocl.model.Pairs;
import vaeocl.model.Rows;

/** {@code generate --between-table}: from test image to test image, for pairs of all classes. */
final class BetweenTable {
  private BetweenTable() {}

  /** Images in a row: a test image, the steps, another test image. */
  static int columns(int steps) {
    return steps + 2;
  }

  /**
   * A row for each pair.
   *
   * @param codec of the model
   * @param dataset whose test images have the model's size
   * @return [pairs·(steps + 2), pixels] in [0, 1]
   * @throws UserError if there is no pair
   */
  static float[] pixels(Codec codec, Dataset dataset, int steps) {
    Pairs pairs = Pairs.of(dataset.testLabels(), dataset.test().count());
    int count = pairs.all().size();
    if (count == 0) {
      throw new UserError("--between-table needs two test images");
    }
    Rows test = Rows.of(dataset.test());
    int size = test.width();
    int latent = codec.latent();
    int columns = columns(steps);
    float[] all = new float[count * columns * size];
    for (int p = 0; p < count; p++) {
      int[] pair = pairs.all().get(p);
      int row = p * columns * size;
      float[][] mu = new float[2][];
      for (int end = 0; end < 2; end++) {
        float[] image = test.part(pair[end], 1).all();
        System.arraycopy(image, 0, all, row + end * (columns - 1) * size, size);
        mu[end] = Codec.mu(codec.encode(Rows.of(image, size)), latent);
      }
      float[] z = LatentPoints.line(mu[0], mu[1], steps);
      System.arraycopy(codec.decode(Rows.of(z, latent)), 0, all, row + size, steps * size);
    }
    return all;
  }
}
