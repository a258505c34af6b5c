package vaeocl.train;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import vaeocl.data.Images;
import vaeocl.model.DataTensors;
import vaeocl.model.EpochLoss;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/**
 * Trains epoch by epoch. Within an epoch the host only queues steps; it waits a few times a second
 * to look at the losses.
 */
public final class Trainer implements AutoCloseable {
  /** Steps in flight before the first look. */
  private static final int FIRST_CHUNK = 8;

  /** Seconds between looks. */
  private static final double TICK = 0.2;

  private final Backend backend;
  private final Vae vae;
  private final DataTensors data;
  private final int fullSteps;
  private final Vae.Step full;
  private final Plan fullPlan;
  private final Vae.Step rest;
  private final Plan restPlan;
  private final BatchOrder batchOrder;
  private final Vae.Activity activity;
  private final Plan activityPlan;
  private int[] order;
  private int chunk = FIRST_CHUNK;

  /** The epoch whose order the backend holds. */
  private int ordered = -1;

  /** Makes everything ready and uploads the images; weights are whatever the backend holds. */
  public Trainer(Backend backend, Vae vae, Images images) {
    this.backend = backend;
    this.vae = vae;
    int batch = vae.config().batchSize();
    if (batch > images.count()) {
      throw new IllegalArgumentException(
          "a batch of " + batch + " is larger than the data set of " + images.count() + " images");
    }
    int latent = vae.config().latent();
    data = DataTensors.of("training", images.count(), images.size(), latent);
    batchOrder = new BatchOrder(images.count(), batch, latent, backend.together());
    fullSteps = images.count() / batch;
    int left = images.count() % batch;
    full = vae.step(data, batch, fullSteps);
    fullPlan = backend.compile(full.ops(), Set.of());
    rest = left == 0 ? null : vae.step(data, left, 1);
    restPlan = left == 0 ? null : backend.compile(rest.ops(), Set.of());
    activity = vae.activity(data, batch);
    List<Tensor> hidden = activity.layers().stream().map(Vae.Hidden::values).toList();
    activityPlan = backend.compile(activity.ops(), Set.copyOf(hidden));
    backend.write(data.images(), images.pixels());
  }

  /**
   * Runs every kernel once, since some drivers compile at the first launch. Spoils the weights:
   * they are to be set afterwards.
   */
  public void warmUp() {
    for (int way = 0; way < 2; way++) { // a plan may have two ways to run
      fullPlan.run(new Batches(0, 0, 0, 1));
      if (restPlan != null) {
        restPlan.run(new Batches(0, 0, 0, 1));
      }
    }
    activityPlan.run(new Batches(0, 0, 0, 1));
    backend.finish();
    if (backend.together() > 1) {
      BatchOrder.warmUp();
    }
  }

  /** What the encoder last said of every image, [images, latent]; training goes by it. */
  public float[] mu() {
    return batchOrder.mu();
  }

  /** Sets what {@link #mu} returned, to go on to the bit. */
  public void restoreMu(float[] mu) {
    batchOrder.restore(mu);
    backend.write(data.mu(), mu);
    ordered = -1;
  }

  /** The plan of a step, to look at it. */
  public Plan plan() {
    return fullPlan;
  }

  /** Steps of an epoch, a smaller last batch included. */
  public int stepsPerEpoch() {
    return fullSteps + (rest == null ? 0 : 1);
  }

  /**
   * One pass through the shuffled images.
   *
   * @param epoch from 0; shuffle and noise follow it alone, the order within batches what was
   *     learnt before as well
   * @throws LossException at the first loss that is not finite
   */
  public EpochLoss epoch(int epoch, Ticker ticker) {
    return loss(advance(Position.startOf(epoch), stepsPerEpoch(), ticker, () -> false));
  }

  /**
   * Goes on from a position within an epoch. Where and how often it is interrupted makes no
   * difference to any number.
   *
   * @param until the step of the epoch at which to stop
   * @param stop asked a few times a second whether to stop before
   * @throws LossException at the first loss that is not finite
   */
  public Position advance(Position from, int until, Ticker ticker, BooleanSupplier stop) {
    backend.finish();
    long begin = System.nanoTime();
    order(from.epoch());
    double[] sums = {from.error(), from.kl()};
    int done = from.step();
    while (done < until && !stop.getAsBoolean()) {
      long chunkBegin = System.nanoTime();
      boolean last = done >= fullSteps;
      int count = last ? 1 : Math.min(chunk, Math.min(until, fullSteps) - done);
      long firstStep = firstStep(from.epoch()) + done;
      int slot = last ? 0 : done;
      (last ? restPlan : fullPlan).run(new Batches(firstStep, slot, done * full.batch(), count));
      add(sums, last ? rest : full, from.epoch(), firstStep, slot, count);
      done += count;
      ticker.tick(done, stepsPerEpoch());
      adapt(count, (System.nanoTime() - chunkBegin) / 1e9);
    }
    backend.finish();
    batchOrder.restore(backend.read(data.mu()));
    if (done == stepsPerEpoch()) {
      sortUnits(from.epoch() + 1);
    }
    double seconds = from.seconds() + (System.nanoTime() - begin) / 1e9;
    return new Position(from.epoch(), done, sums[0], sums[1], seconds);
  }

  /** So many steps of an epoch from its beginning; seconds. */
  public double steps(int epoch, int count) {
    return advance(Position.startOf(epoch), count, (done, all) -> {}, () -> false).seconds();
  }

  /** The number of an epoch's first step since training began, from 0. */
  long firstStep(int epoch) {
    return (long) epoch * stepsPerEpoch();
  }

  /** The losses of a whole epoch. */
  EpochLoss loss(Position end) {
    double recon = end.error() / data.count();
    double kl = end.kl() / data.count();
    return new EpochLoss(recon + vae.config().beta() * kl, recon, kl, end.seconds());
  }

  private void order(int epoch) {
    if (epoch != ordered) {
      long seed = vae.config().seed();
      order = Philox.permutation(seed, Stream.SHUFFLE, epoch, data.count());
      if (epoch > 0) {
        batchOrder.arrange(order);
      }
      backend.write(data.order(), order);
      ordered = epoch;
    }
  }

  /** After 1, 2, 4, 8 … epochs: what units respond to changes fast at first, and then hardly. */
  private void sortUnits(int epochs) {
    if (backend.together() == 1 || Integer.bitCount(epochs) != 1) {
      return;
    }
    activityPlan.run(new Batches(0, 0, 0, 1));
    for (Vae.Hidden h : activity.layers()) {
      float[] values = backend.read(h.values());
      int[] units = UnitOrder.of(values, h.values().cols(), backend.together());
      UnitOrder.apply(backend, h.below(), h.above(), units);
    }
  }

  /** Waits for some steps and adds up their losses. */
  private void add(double[] sums, Vae.Step step, int epoch, long firstStep, int slot, int count) {
    double[] errors = backend.sums(step.error(), slot, count);
    double[] divergences = backend.sums(step.kl(), slot, count);
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(errors[i]) || !Double.isFinite(divergences[i])) {
        throw new LossException(epoch + 1, firstStep + i + 1, errors[i], divergences[i]);
      }
      sums[0] += errors[i];
      sums[1] += divergences[i];
    }
  }

  private void adapt(int count, double seconds) {
    double fitting = Math.max(1, TICK * count / Math.max(seconds, 1e-9));
    chunk = (int) Math.min(fitting, 4.0 * chunk);
  }

  @Override
  public void close() {
    fullPlan.close();
    if (restPlan != null) {
      restPlan.close();
    }
    activityPlan.close();
  }
}
