package vaeocl.train;

import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import vaeocl.data.Images;
import vaeocl.model.DataTensors;
import vaeocl.model.Figures;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Plan;

/**
 * Reconstructs a test set and measures the reconstructions, with sampled z and with z = mu. Images
 * whose mu lie near each other come side by side, so that products have more zeros to leave out
 * ({@link BatchOrder}); the figures of an image do not depend on its place.
 */
public final class Evaluator implements AutoCloseable {
  /** Images reconstructed at a time; whole tiles on CPUs, which skip zeros by them. */
  public static final int BATCH = 400;

  private final Backend backend;
  private final DataTensors data;
  private final Vae.Evaluation full;
  private final Plan fullPlan;
  private final Vae.Evaluation rest;
  private final Plan restPlan;
  private final BatchOrder arrangement;
  private final int[] order;
  private int evaluations;

  /** Makes everything ready and uploads the images. */
  public Evaluator(Backend backend, Vae vae, Images images) {
    this(backend, vae, images, true);
  }

  /** An evaluator whose figures with z = mu are all zero; for measurements. */
  public static Evaluator sampledOnly(Backend backend, Vae vae, Images images) {
    return new Evaluator(backend, vae, images, false);
  }

  private Evaluator(Backend backend, Vae vae, Images images, boolean withMean) {
    this.backend = backend;
    data = DataTensors.of("test", images.count(), images.size(), vae.config().latent());
    int batch = Math.min(BATCH, images.count());
    int left = images.count() % batch;
    full = vae.evaluation(data, batch, images.rows(), images.cols(), withMean);
    fullPlan = backend.compile(full.ops(), Set.of(full.sampled(), full.mean()));
    rest = left == 0 ? null : vae.evaluation(data, left, images.rows(), images.cols(), withMean);
    restPlan = left == 0 ? null : backend.compile(rest.ops(), Set.of(rest.sampled(), rest.mean()));
    backend.write(data.images(), images.pixels());
    order = IntStream.range(0, images.count()).toArray();
    int latent = vae.config().latent();
    arrangement = new BatchOrder(images.count(), images.count(), latent, backend.together());
  }

  /** The figures of the present weights; the same weights give the same figures every time. */
  public Result evaluate() {
    long begin = System.nanoTime();
    backend.write(data.order(), order); // other evaluators of the set have orders of their own
    int batches = data.count() / full.batch();
    fullPlan.run(new Batches(0, 0, 0, batches));
    if (restPlan != null) {
      restPlan.run(new Batches(0, 0, batches * full.batch(), 1));
    }
    double kl = sum(backend.sums(full.kl(), 0, batches));
    if (rest != null) {
      kl += sum(backend.sums(rest.kl(), 0, 1));
    }
    Figures sampled = Figures.mean(byImage(backend.read(full.sampled())));
    Figures mean = Figures.mean(byImage(backend.read(full.mean())));
    evaluations++;
    // What the encoder says of images changes fast at first, and then hardly.
    if (backend.together() > 1 && Integer.bitCount(evaluations) == 1) {
      arrangement.restore(backend.read(data.mu()));
      arrangement.arrange(order);
    }
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
  public record Result(Figures sampled, Figures mean, double kl, double seconds) {}

  /** Figures in the order of the images, so that their sum is always the same. */
  private float[] byImage(float[] figures) {
    int columns = figures.length / order.length;
    float[] sorted = new float[figures.length];
    for (int place = 0; place < order.length; place++) {
      System.arraycopy(figures, place * columns, sorted, order[place] * columns, columns);
    }
    return sorted;
  }

  private static double sum(double[] values) {
    return DoubleStream.of(values).sum();
  }

  @Override
  public void close() {
    fullPlan.close();
    if (restPlan != null) {
      restPlan.close();
    }
  }
}
