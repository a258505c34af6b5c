package vaeocl.train;

import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import vaeocl.data.Images;
import vaeocl.locality.Arrangement;
import vaeocl.locality.Locality;
import vaeocl.model.DataTensors;
import vaeocl.model.Figures;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
import vaeocl.ops.LossWeights;

/**
 * Reconstructs a test set and measures the reconstructions, with sampled z and with z = mu. The
 * figures of an image do not depend on its place in the order.
 */
public final class Evaluator implements AutoCloseable {
  /** Images reconstructed at a time. */
  public static final int BATCH = 400;

  private final Backend backend;
  private final Images images;
  private final DataTensors data;
  private final Batched<Vae.Evaluation> batches;
  private final Arrangement arrangement;
  private final int[] order;
  private int evaluations;

  /** Makes everything ready and uploads the images. */
  public Evaluator(Backend backend, Locality locality, Vae vae, Images images) {
    this(backend, locality, vae, images, true);
  }

  /** An evaluator whose figures with z = mu are all zero; for measurements. */
  public static Evaluator sampledOnly(Backend backend, Locality locality, Vae vae, Images images) {
    return new Evaluator(backend, locality, vae, images, false);
  }

  private Evaluator(Backend backend, Locality locality, Vae vae, Images images, boolean withMean) {
    this.backend = backend;
    this.images = images;
    data = DataTensors.of("test", images.count(), images.size());
    int batch = Math.min(BATCH, images.count());
    Batched.Maker<Vae.Evaluation> maker =
        (size, count) -> vae.evaluation(data, size, images.rows(), images.cols(), withMean);
    arrangement = locality.ofEvaluation(backend, maker.of(batch, 1).ops());
    batches =
        Batched.of(
            images.count(),
            batch,
            maker,
            e -> backend.compile(arrangement.observe(e.ops()), Set.of(e.sampled(), e.mean())));
    backend.write(data.images(), images.pixels());
    order = IntStream.range(0, images.count()).toArray();
  }

  /** Makes the first evaluation as fast as the others. */
  public void warmUp() {
    batches.parts().forEach(Batched.Part::warmUp);
    evaluations++;
  }

  /** The figures of the present weights; the same weights give the same figures every time. */
  public Result evaluate() {
    long begin = System.nanoTime();
    arrangement.arrange(order, evaluations++);
    backend.write(data.order(), order); // other evaluators of the set have orders of their own
    for (var part : batches.parts()) {
      part.run(0, part.first(), part.count(), LossWeights.ONE);
    }
    double kl = 0;
    for (var part : batches.parts()) {
      kl += DoubleStream.of(backend.sums(part.step().kl(), 0, part.count())).sum();
    }
    Vae.Evaluation found = batches.full().step();
    Figures sampled = Figures.mean(byImage(backend.read(found.sampled())), images);
    Figures mean = Figures.mean(byImage(backend.read(found.mean())), images);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Result(sampled, mean, kl / data.count(), seconds);
  }

  /**
   * What an evaluation finds.
   *
   * @param sampled with sampled z
   * @param mean with z = mu
   * @param kl the divergence, without beta, per image
   * @param seconds that all took
   */
  public record Result(Figures sampled, Figures mean, double kl, double seconds) {
    /** Whether all are numbers. */
    public boolean finite() {
      return sampled.finite() && mean.finite() && Double.isFinite(kl);
    }
  }

  /** Figures in the order of the images, so that their sum is always the same. */
  private float[] byImage(float[] figures) {
    int columns = figures.length / order.length;
    float[] sorted = new float[figures.length];
    for (int place = 0; place < order.length; place++) {
      System.arraycopy(figures, place * columns, sorted, order[place] * columns, columns);
    }
    return sorted;
  }

  @Override
  public void close() {
    batches.close();
    arrangement.close();
  }
}
