package vaeocl.train;

import java.util.List;
import vaeocl.data.Images;
import vaeocl.model.Criterion;
import vaeocl.model.EpochResult;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;

/** What images that are set aside say of a training: recon + beta·KL, at the run's full beta. */
final class Validation implements AutoCloseable {
  private final LossEvaluator evaluator;
  private final Criterion criterion;

  private Validation(LossEvaluator evaluator, Criterion criterion) {
    this.evaluator = evaluator;
    this.criterion = criterion;
  }

  /**
   * @param images null for no validation
   */
  static Validation of(Backend backend, Vae vae, Images images) {
    Criterion criterion = new Criterion(vae.config(), vae.pixels());
    return new Validation(
        images == null ? null : new LossEvaluator(backend, vae, images, "validation"), criterion);
  }

  void warmUp() {
    if (evaluator != null) {
      evaluator.warmUp();
    }
  }

  /**
   * The loss of the present weights, to the digits that metrics.csv keeps: what follows from it is
   * the same after a resumption. NaN without images.
   *
   * @param variance of a Gaussian; NaN for others
   */
  double loss(double variance) {
    if (evaluator == null) {
      return Double.NaN;
    }
    LossEvaluator.Result r = evaluator.evaluate();
    double loss = criterion.recon(r.error(), variance) + criterion.fullBeta() * r.kl();
    return Metrics.kept(loss);
  }

  /** Whether a loss is the least of all. */
  static boolean best(List<EpochResult> before, double loss) {
    return before.stream().noneMatch(r -> r.validation() <= loss) && !Double.isNaN(loss);
  }

  /** Whether the least loss is as many epochs back as patience lasts. */
  boolean ended(List<EpochResult> results) {
    return ended(criterion.config().patience(), results);
  }

  static boolean ended(int patience, List<EpochResult> results) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (EpochResult r : results) {
      if (r.validation() < least) {
        least = r.validation();
        best = r.epoch();
      }
    }
    return patience > 0 && results.size() - best >= patience;
  }

  @Override
  public void close() {
    if (evaluator != null) {
      evaluator.close();
    }
  }
}
