package vaeocl.train;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import vaeocl.data.Images;
import vaeocl.model.Criterion;
import vaeocl.model.DataTensors;
import vaeocl.model.Evidence;
import vaeocl.model.SavedModel;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
import vaeocl.ops.LossWeights;

/**
 * An estimate of ln p(x) by importance sampling with q(z|x) (Burda et al., 2016): the device draws,
 * decodes and weighs, the host adds up its logarithms of weights in double precision.
 */
public final class ImportanceSampler implements AutoCloseable {
  /** Samples of an image in a round. */
  private static final int ROUND = 100;

  /** Rows that are decoded at once, about. */
  private static final int ROWS = 2000;

  private final Backend backend;
  private final SavedModel model;
  private final int images;
  private final int samples;
  private final int round;
  private final Batched<Vae.Importance> batches;

  /** The largest logarithm of an image's weights so far, and sums relative to it. */
  private final double[] most;

  private final double[] sums;
  private final double[] squares;

  /**
   * Makes everything ready and uploads the images; weights are whatever the backend holds.
   *
   * @param samples of each image
   */
  public ImportanceSampler(Backend backend, SavedModel model, Images images, int samples) {
    this.backend = backend;
    this.model = model;
    this.images = images.count();
    this.samples = samples;
    round = Math.min(ROUND, samples);
    Vae vae = model.vae();
    DataTensors data = DataTensors.of("weighed", images.count(), images.size());
    int batch = Math.min(images.count(), Math.max(1, ROWS / round));
    batches =
        Batched.of(
            images.count(),
            batch,
            (size, count) -> vae.importance(data, size, count, round),
            w -> backend.compile(w.ops(), Set.of(w.logW())));
    backend.write(data.images(), images.pixels());
    backend.write(data.order(), IntStream.range(0, images.count()).toArray());
    most = new double[images.count()];
    sums = new double[images.count()];
    squares = new double[images.count()];
  }

  /**
   * The estimate, in nats per image.
   *
   * @param logLikelihood a mean over images
   * @param standardError of that mean by the samples' chance, the images being given
   */
  public record Result(double logLikelihood, double standardError) {}

  /** The same weights give the same estimate every time. */
  public Result estimate(Ticker ticker) {
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    Criterion criterion = new Criterion(model.config(), model.vae().pixels());
    LossWeights weights = criterion.weights(0, model.variance());
    int rounds = (samples + round - 1) / round;
    for (int r = 0; r < rounds; r++) {
      for (var part : batches.parts()) {
        for (int batch = part.first(); batch < part.end(); batch++) {
          // Step 0 has the noise of ordinary evaluations.
          part.run(r + 1L, batch, 1, weights);
          add(backend.read(part.step().logW()), part.start() + part.slot(batch) * part.size(), r);
        }
      }
      ticker.tick(r + 1, rounds);
    }
    return result(criterion.recon(0, model.variance()));
  }

  private void add(float[] logW, int first, int r) {
    int count = Math.min(round, samples - r * round);
    for (int i = 0; i < logW.length / round; i++) {
      int image = first + i;
      for (int k = i * round; k < i * round + count; k++) {
        if (logW[k] > most[image]) {
          double shrink = Math.exp(most[image] - logW[k]);
          sums[image] *= shrink;
          squares[image] *= shrink * shrink;
          most[image] = logW[k];
        }
        double w = Math.exp(logW[k] - most[image]);
        sums[image] += w;
        squares[image] += w * w;
      }
    }
  }

  /** By the delta method, the variance of ln(mean of w) is that of the mean, by its square. */
  private Result result(double constant) {
    double total = 0;
    double variance = 0;
    for (int i = 0; i < images; i++) {
      double mean = sums[i] / samples;
      double spread = Math.max(0, squares[i] / samples - mean * mean);
      total += most[i] + Math.log(mean);
      variance += spread / (mean * mean * Math.max(1, samples - 1));
    }
    double missing = Evidence.missing(model.config().likelihood(), model.vae().pixels());
    return new Result(total / images - constant - missing, Math.sqrt(variance) / images);
  }

  @Override
  public void close() {
    batches.close();
  }
}
