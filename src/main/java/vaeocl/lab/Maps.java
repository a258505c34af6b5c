package vaeocl.lab;

import java.util.Arrays;
import java.util.List;
import vaeocl.compare.Exhibit;
import vaeocl.data.Dataset;
import vaeocl.data.Images;
import vaeocl.formats.GreyImage;

/**
 * Ways to put pictures at points of a plane, beside each other.
 *
 * <p>A picture that a way makes is accepted where it is no farther from its nearest training image
 * than 95% of the way's own reconstructions of test images are from theirs, and 9 of its 10 nearest
 * are of one class.
 *
 * @param exhibit the images that all are shown with
 * @param labels of the test images; null where there are none
 * @param variance of a pixel over the test images, all pixels' mean
 * @param judged how many test images, and how many samples, were judged
 * @param real the share of real test images that is accepted, by their own limit
 */
@SuppressWarnings("ArrayRecordComponent") // shared and only read
public record Maps(
    Exhibit exhibit, byte[] labels, double variance, int judged, double real, List<Way> ways) {
  /** Cells of a grid, across and down. */
  public static final int GRID = 16;

  /** Of the test images' distances, how many lie within the limit. */
  public static final double SHARE = 0.95;

  /** Of the nearest training images, how many have to be of one class. */
  public static final int AGREE = 9;

  private static final int JUDGED = 1000;
  private static final int SHOWN = 24;
  private static final int DIMS = 2;

  /** Codes beyond are strays that would make the map small. */
  private static final double STRAYS = 0.005;

  private static final double MARGIN = 0.05;

  /**
   * A way.
   *
   * @param codes of the test images, [N, 2]
   * @param spread their standard deviations over the training images, [2]
   * @param box what a map of them shows: {x from, x to, y from, y to}
   * @param grid what the cells' middles decode to, rows from the top, a byte a pixel
   * @param gridAccepted which of those are accepted
   * @param reconstructions of the exhibit
   * @param samples a few that are drawn
   * @param accepted which of those are
   * @param limit distance to the nearest training image within which a picture is accepted
   * @param share of all samples that is accepted
   * @param near the share that is, if only the distance counts
   * @param back the share of its reconstructions of test images that is accepted
   * @param mse squared error of a pixel of the test images
   */
  public record Way(
      String name,
      String source,
      float[] codes,
      double[] spread,
      double[] box,
      byte[][] grid,
      boolean[] gridAccepted,
      byte[][] reconstructions,
      byte[][] samples,
      boolean[] accepted,
      double limit,
      double share,
      double near,
      double back,
      double mse) {}

  public Maps {
    ways = List.copyOf(ways);
  }

  /** Looks at ways, one after another, with the same images, samples and judge. */
  public static final class Examiner {
    private final Dataset data;
    private final Exhibit exhibit;
    private final long seed;
    private final Judge judge;
    private final int judged;
    private final double real;

    /**
     * @param seed of the samples
     */
    public Examiner(Dataset data, Exhibit exhibit, long seed) {
      this.data = data;
      this.exhibit = exhibit;
      this.seed = seed;
      judge = new Judge(data.train(), data.trainLabels());
      judged = Math.min(JUDGED, data.test().count());
      Judge.Findings found = judge.look(first(data.test(), judged));
      double limit = Judge.quantile(found.distances(), SHARE);
      real = Judge.share(found.accepted(limit, AGREE));
    }

    /** Of what {@link #way} found. */
    public Maps maps(List<Way> ways) {
      return new Maps(exhibit, data.testLabels(), variance(data.test()), judged, real, ways);
    }

    /**
     * Looks at a way.
     *
     * @param prior whether its samples are of N(0, 1), as a VAE's are, and not of a Gaussian fitted
     *     to its codes
     */
    public Way way(String name, Coder coder, boolean prior) {
      Images test = data.test();
      Cloud fitted = Cloud.of(coder.encode(data.train()), DIMS);
      Cloud cloud = prior ? Cloud.standard(DIMS) : fitted;
      float[] codes = coder.encode(test);
      float[] recon = coder.decode(codes);
      byte[][] own = GreyImage.levels(Arrays.copyOf(recon, judged * test.size()), test.size());
      Judge.Findings back = judge.look(own);
      double limit = Judge.quantile(back.distances(), SHARE);
      byte[][] samples = pictures(coder.decode(cloud.samples(seed, JUDGED)));
      Judge.Findings found = judge.look(samples);
      boolean[] accepted = found.accepted(limit, AGREE);
      double[] box = box(codes);
      byte[][] grid = pictures(coder.decode(grid(box)));
      byte[][] shown = new byte[exhibit.images().length][];
      Arrays.setAll(shown, i -> picture(recon, exhibit.images()[i]));
      return new Way(
          name,
          prior ? "the prior N(0, 1)" : "a Gaussian fitted to its codes of the training images",
          codes,
          fitted.spread(),
          box,
          grid,
          judge.look(grid).accepted(limit, AGREE),
          shown,
          Arrays.copyOf(samples, SHOWN),
          Arrays.copyOf(accepted, SHOWN),
          limit,
          Judge.share(accepted),
          Judge.share(found.accepted(limit, 0)),
          Judge.share(back.accepted(limit, AGREE)),
          error(recon, test));
    }

    private byte[][] pictures(float[] values) {
      return GreyImage.levels(values, data.test().size());
    }

    private byte[] picture(float[] recon, int i) {
      int size = data.test().size();
      return pictures(Arrays.copyOfRange(recon, i * size, (i + 1) * size))[0];
    }
  }

  private static byte[][] first(Images images, int count) {
    byte[][] pictures = new byte[count][];
    int size = images.size();
    Arrays.setAll(pictures, i -> Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size));
    return pictures;
  }

  /** The part of the plane where nearly all codes are. */
  static double[] box(float[] codes) {
    double[] box = new double[2 * DIMS];
    for (int d = 0; d < DIMS; d++) {
      double[] values = new double[codes.length / DIMS];
      for (int i = 0; i < values.length; i++) {
        values[i] = codes[i * DIMS + d];
      }
      double from = Judge.quantile(values, STRAYS);
      double to = Judge.quantile(values, 1 - STRAYS);
      double margin = Math.max(MARGIN * (to - from), 1e-3); // codes may have no spread at all
      box[2 * d] = from - margin;
      box[2 * d + 1] = to + margin;
    }
    return box;
  }

  /** The middles of a grid's cells, rows from the top, [GRID², 2]. */
  static float[] grid(double[] box) {
    float[] points = new float[GRID * GRID * DIMS];
    for (int i = 0; i < GRID * GRID; i++) {
      int row = i / GRID;
      double right = (i % GRID + 0.5) / GRID;
      double up = 1 - (row + 0.5) / GRID;
      points[2 * i] = (float) (box[0] + right * (box[1] - box[0]));
      points[2 * i + 1] = (float) (box[2] + up * (box[3] - box[2]));
    }
    return points;
  }

  private static double error(float[] recon, Images images) {
    double sum = 0;
    for (int i = 0; i < recon.length; i++) {
      double off = recon[i] - (images.pixels()[i] & 0xff) / 255.0;
      sum += off * off;
    }
    return sum / recon.length;
  }

  /** The squared error of a pixel where every image is told to be the mean one. */
  private static double variance(Images images) {
    int size = images.size();
    double sum = 0;
    for (int p = 0; p < size; p++) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < images.count(); i++) {
        double v = (images.pixels()[i * size + p] & 0xff) / 255.0;
        mean += v / images.count();
        square += v * v / images.count();
      }
      sum += square - mean * mean;
    }
    return sum / size;
  }
}
