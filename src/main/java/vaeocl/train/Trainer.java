package vaeocl.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.locality.Arrangement;
import vaeocl.locality.Locality;
import vaeocl.model.DataTensors;
import vaeocl.model.EpochLoss;
import vaeocl.model.Vae;
import vaeocl.ops.Backend;
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
  private final Batched<Vae.Step> batches;
  private final Arrangement arrangement;
  private int chunk = FIRST_CHUNK;

  /** The epoch whose order the backend holds. */
  private int ordered = -1;

  /** Makes everything ready and uploads the images; weights are whatever the backend holds. */
  public Trainer(Backend backend, Locality locality, Vae vae, Images images) {
    this.backend = backend;
    this.vae = vae;
    int batch = vae.config().batchSize();
    if (batch > images.count()) {
      throw new IllegalArgumentException(
          "a batch of " + batch + " is larger than the data set of " + images.count() + " images");
    }
    data = DataTensors.of("training", images.count(), images.size());
    Batched.Maker<Vae.Step> maker = (size, count) -> vae.step(data, size, count);
    arrangement = locality.ofTraining(backend, maker.of(batch, 1).ops());
    batches =
        Batched.of(
            images.count(),
            batch,
            maker,
            step -> backend.compile(arrangement.observe(step.ops()), Set.of()));
    backend.write(data.images(), images.pixels());
  }

  /**
   * Makes the first epoch as fast as the others. Spoils the weights and what is {@link #kept}: they
   * are to be set afterwards.
   */
  public void warmUp() {
    batches.parts().forEach(Batched.Part::warmUp);
    arrangement.warmUp();
    backend.finish();
  }

  /** What training goes by besides the weights and their moments; without it, other bits. */
  public Map<String, FloatArray> kept() {
    Map<String, FloatArray> kept = new LinkedHashMap<>();
    arrangement
        .state()
        .forEach((name, t) -> kept.put(name, new FloatArray(shape(t), backend.read(t))));
    return kept;
  }

  /** Whether {@link #restore} can take arrays: what is wrong, as part of a sentence. */
  public Optional<String> mismatch(Map<String, FloatArray> kept) {
    return arrangement.state().entrySet().stream()
        .filter(e -> kept.containsKey(e.getKey()))
        .filter(e -> !Arrays.equals(kept.get(e.getKey()).shape(), shape(e.getValue())))
        .findFirst()
        .map(
            e ->
                "tensor "
                    + e.getKey()
                    + " has shape "
                    + Arrays.toString(kept.get(e.getKey()).shape())
                    + " where the data has "
                    + Arrays.toString(shape(e.getValue())));
  }

  /**
   * Sets what {@link #kept} returned, to go on to the bit. What is missing becomes zeros; what this
   * trainer does not know is left out.
   */
  public void restore(Map<String, FloatArray> kept) {
    arrangement
        .state()
        .forEach(
            (name, t) -> {
              FloatArray found = kept.get(name);
              int size = Math.toIntExact(t.size());
              backend.write(t, found == null ? new float[size] : found.values());
            });
    ordered = -1;
  }

  private static int[] shape(Tensor t) {
    return new int[] {t.rows(), t.cols()};
  }

  /** The plan of a step, to look at it. */
  public Plan plan() {
    return batches.full().plan();
  }

  /** Steps of an epoch, a smaller last batch included. */
  public int stepsPerEpoch() {
    return batches.count();
  }

  /**
   * One pass through the shuffled images.
   *
   * @param epoch from 0; shuffle and noise follow it alone
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
      Batched.Part<Vae.Step> part = batches.at(done);
      int count = Math.min(chunk, Math.min(until, part.end()) - done);
      long firstStep = firstStep(from.epoch()) + done;
      part.run(firstStep, done, count);
      add(sums, part.step(), from.epoch(), firstStep, part.slot(done), count);
      done += count;
      ticker.tick(done, stepsPerEpoch());
      adapt(count, (System.nanoTime() - chunkBegin) / 1e9);
    }
    backend.finish();
    if (done == stepsPerEpoch()) {
      arrangement.passed(from.epoch() + 1);
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
      int[] order = Philox.permutation(seed, Stream.SHUFFLE, epoch, data.count());
      arrangement.arrange(order, epoch);
      backend.write(data.order(), order);
      ordered = epoch;
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
    batches.close();
    arrangement.close();
  }
}
