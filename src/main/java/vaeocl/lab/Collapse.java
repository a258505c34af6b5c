package vaeocl.lab;

import java.util.Comparator;
import java.util.List;
import vaeocl.compare.Candidate;
import vaeocl.compare.ComparedRun;
import vaeocl.compare.Exhibit;
import vaeocl.data.Dataset;
import vaeocl.model.Codec;
import vaeocl.model.LatentUse;
import vaeocl.model.Rows;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Backend;
import vaeocl.train.Parts;

/**
 * What beta did to nets that differ in it alone.
 *
 * @param exhibit the images that all were shown with
 * @param runs by rising beta
 * @param variances of the training images along their principal axes, as many as z has dimensions;
 *     empty where images are too large
 */
@SuppressWarnings("ArrayRecordComponent") // made here and only read
public record Collapse(Exhibit exhibit, List<Run> runs, double[] variances) {
  /**
   * A net.
   *
   * @param use of its dimensions by the test images
   * @param rate KL of the test images, in nats an image
   * @param distortion their reconstruction's loss with sampled z
   * @param reconstructions of the exhibit with z = mu, a byte a pixel
   * @param samples what points of the prior decode to
   */
  public record Run(
      VaeConfig settings,
      int epochs,
      LatentUse use,
      double rate,
      double distortion,
      byte[][] reconstructions,
      byte[][] samples) {
    /**
     * Looks at a net.
     *
     * @param backend with no other net on it
     */
    public static Run of(Candidate candidate, Backend backend, Dataset data, Exhibit exhibit) {
      ComparedRun seen = candidate.examine(backend, data, exhibit);
      VaeConfig settings = candidate.config().vae();
      try (Codec codec = new Codec(backend, candidate.model())) {
        LatentUse use = LatentUse.of(codec, Rows.of(Parts.test(data, settings)));
        return new Run(
            settings,
            candidate.epoch(),
            use,
            seen.test().kl(),
            seen.test().recon(),
            seen.reconstructions(),
            seen.samples());
      }
    }

    /** The weight of the divergence in its loss. */
    public double beta() {
      return settings.beta();
    }
  }

  public Collapse {
    runs = runs.stream().sorted(Comparator.comparingDouble(Run::beta)).toList();
  }

  /** Dimensions of z. */
  public int latent() {
    return runs.get(0).settings().latent();
  }

  /**
   * How many dimensions a linear net would use: a direction of variance λ is worth its rate where
   * the least of λ·exp(−2R) + beta·R is not at R = 0, which is λ > beta/2.
   */
  public int linear(double beta) {
    int used = 0;
    for (double variance : variances) {
      used += variance > beta / 2 ? 1 : 0;
    }
    return used;
  }
}
