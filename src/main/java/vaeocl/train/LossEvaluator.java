package vaeocl.train;

import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import vaeocl.data.Images;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Tensor;

/** The loss of images that are not trained on, a sample of each with the noise of evaluations. */
public final class LossEvaluator implements AutoCloseable {
  private final Backend backend;
  private final DataTensors data;
  private final Batched<Vae.Step> batches;

  /**
   * Makes everything ready and uploads the images.
   *
   * @param part what they are, to tell them from others
   */
  public LossEvaluator(Backend backend, Vae vae, Images images, String part) {
    this.backend = backend;
    data = DataTensors.of(part, images.count(), images.size());
    int batch = Math.min(Evaluator.BATCH, images.count());
    batches =
        Batched.of(
            images.count(),
            batch,
            (size, count) -> vae.loss(data, size, count),
            step -> backend.compile(step.ops(), Set.of()));
    backend.write(data.images(), images.pixels());
    backend.write(data.order(), IntStream.range(0, images.count()).toArray());
  }

  /**
   * What the present weights lose, per image.
   *
   * @param error the likelihood's loss, without weight or constant
   * @param kl the divergence, without beta
   */
  public record Result(double error, double kl) {}

  /** Makes the first evaluation as fast as the others. */
  void warmUp() {
    batches.parts().forEach(Batched.Part::warmUp);
  }

  /** The same weights give the same figures every time. */
  public Result evaluate() {
    for (var part : batches.parts()) {
      part.run(0, part.first(), part.count(), LossWeights.ONE);
    }
    double error = 0;
    double kl = 0;
    for (var part : batches.parts()) {
      error += sum(part.step().error(), part.count());
      kl += sum(part.step().kl(), part.count());
    }
    return new Result(error / data.count(), kl / data.count());
  }

  private double sum(Tensor slots, int count) {
    return DoubleStream.of(backend.sums(slots, 0, count)).sum();
  }

  @Override
  public void close() {
    batches.close();
  }
}
