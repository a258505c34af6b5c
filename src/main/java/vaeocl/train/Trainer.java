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
import vaeocl.model.Criterion;
import vaeocl.model.DataTensors;
import vaeocl.model.EpochLoss;
import vaeocl.model.LossSums;
import vaeocl.model.Schedule;
import vaeocl.model.Vae;
import vaeocl.ops.Adam;
import vaeocl.ops.Backend;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;

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
  private final Criterion criterion;
  private final ShuffledImages shuffled;
  private int chunk = FIRST_CHUNK;

  /** A trainer of so many epochs that what is seen of it does not depend on how many. */
  public Trainer(Backend backend, Locality locality, Vae vae, Images images) {
    this(backend, locality, vae, images, 1);
  }

  /**
   * Makes everything ready and uploads the images; weights are whatever the backend holds.
   *
   * @param epochs of the whole run, for a learning rate that falls until its end
   */
  public Trainer(Backend backend, Locality locality, Vae vae, Images images, int epochs) {
    this.backend = backend;
    this.vae = vae;
    criterion = new Criterion(vae.config(), images.size());
    int batch = vae.config().batchSize();
    if (batch > images.count()) {
      throw new IllegalArgumentException(
          "a batch of " + batch + " is larger than the data set of " + images.count() + " images");
    }
    data = DataTensors.of("training", images.count(), images.size());
    Adam adam = adam(epochs * ((images.count() + batch - 1L) / batch));
    Batched.Maker<Vae.Step> maker = (size, count) -> vae.step(data, size, count, adam);
    arrangement = locality.ofTraining(backend, maker.of(batch, 1).ops());
    batches =
        Batched.of(
            images.count(),
            batch,
            maker,
            step -> backend.compile(arrangement.observe(step.ops()), Set.of()));
    shuffled = new ShuffledImages(backend, vae.config(), data, images, arrangement);
  }

  private Adam adam(long steps) {
    Adam constant = Adam.of(vae.config().learningRate());
    return vae.config().schedule() == Schedule.COSINE ? constant.falling(steps) : constant;
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
    shuffled.forget();
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
    return loss(advance(startOf(epoch), stepsPerEpoch(), ticker, () -> false));
  }

  private Position startOf(int epoch) {
    return Position.startOf(epoch, criterion.firstVariance());
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
    shuffled.order(from.epoch());
    LossWeights weights = criterion.weights(from.epoch(), from.variance());
    LossSums sums = from.sums();
    int done = from.step();
    while (done < until && !stop.getAsBoolean()) {
      long chunkBegin = System.nanoTime();
      Batched.Part<Vae.Step> part = batches.at(done);
      int count = Math.min(chunk, Math.min(until, part.end()) - done);
      long firstStep = firstStep(from.epoch()) + done;
      part.run(firstStep, done, count, weights);
      sums = add(sums, part.step(), from.epoch(), firstStep, part.slot(done), count);
      done += count;
      ticker.tick(done, stepsPerEpoch());
      adapt(count, (System.nanoTime() - chunkBegin) / 1e9);
    }
    backend.finish();
    if (done == stepsPerEpoch()) {
      arrangement.passed(from.epoch() + 1);
    }
    double seconds = from.seconds() + (System.nanoTime() - begin) / 1e9;
    return new Position(from.epoch(), done, sums, from.variance(), seconds);
  }

  /** So many steps of an epoch from its beginning; seconds. */
  public double steps(int epoch, int count) {
    return advance(startOf(epoch), count, (done, all) -> {}, () -> false).seconds();
  }

  /** The number of an epoch's first step since training began, from 0. */
  long firstStep(int epoch) {
    return (long) epoch * stepsPerEpoch();
  }

  /** The losses of a whole epoch. */
  EpochLoss loss(Position end) {
    return criterion.loss(end.sums(), data.count(), end.epoch(), end.variance(), end.seconds());
  }

  /** Waits for some steps and adds up their losses. */
  private LossSums add(
      LossSums before, Vae.Step step, int epoch, long firstStep, int slot, int count) {
    LossSums sums = before;
    double[] errors = backend.sums(step.error(), slot, count);
    double[] divergences = backend.sums(step.kl(), slot, count);
    double[] extra =
        step.extra() == null ? new double[count] : backend.sums(step.extra(), slot, count);
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(errors[i]) || !Double.isFinite(divergences[i])) {
        throw new LossException(epoch + 1, firstStep + i + 1, errors[i], divergences[i]);
      }
      sums = sums.plus(errors[i], divergences[i], extra[i]);
    }
    return sums;
  }

  private void adapt(int count, double seconds) {
    double fitting = Math.max(1, TICK * count / Math.max(seconds, 1e-9));
    chunk = (int) Math.min(fitting, 4.0 * chunk);
  }

  @Override
  public void close() {
    batches.close();
    shuffled.close();
    arrangement.close();
  }
}
