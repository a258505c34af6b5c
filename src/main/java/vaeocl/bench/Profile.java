package vaeocl.bench;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import vaeocl.data.Dataset;
import vaeocl.locality.Locality;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.device.LaunchTime;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Plan;
import vaeocl.train.Trainer;

/**
 * Where the time of a training step goes.
 *
 * @param rows one for each launch of a step, in order; what is launched for the weight and for the
 *     bias of a layer is one row
 * @param launches of a step
 * @param steps steps profiled
 * @param wallSeconds of all these steps by the host's clock, while launches were recorded
 * @param plainSeconds of as many steps without recording
 * @param threads that share the work of each launch, where all are one; else 1
 * @param source where the times come from
 * @param times every launch, for a trace; empty where the events are of no use
 */
public record Profile(
    List<Row> rows,
    int launches,
    int steps,
    double wallSeconds,
    double plainSeconds,
    int threads,
    Source source,
    List<LaunchTime> times) {

  /** Where times come from. */
  public enum Source {
    /** The device's events. */
    EVENTS,
    /** The processor's clock, read within the one launch that all of a step's launches are. */
    WITHIN,
    /** The host's clock: each launch was waited for, since the events are of no use. */
    WAITING
  }

  /** Epochs before: by then the order of images and units follows what was learnt. */
  private static final int TRAINED = 2;

  /** Events whose sum is less than this share of the wall clock are not believed. */
  private static final double LEAST = 0.05;

  /** Nor are those whose sum is more, on a queue that runs one launch after the other. */
  private static final double MOST = 1.1;

  /**
   * A launch of the step.
   *
   * @param nanos of all its calls together; of each thread on the average, where threads share one
   * @param waited nanos before them, while threads waited for each other
   * @param flops of one call, without those skipped because an input is zero
   */
  public record Row(Launch launch, int calls, double nanos, double waited, double flops) {
    public double gflops() {
      return flops * calls / nanos;
    }

    /** By the bytes that its operations touch at the least. */
    public double gbps() {
      return (double) launch.cost().bytes() * calls / nanos;
    }

    /** Whether the operands must lie in caches: memory is not as fast. */
    public boolean cached(Ceilings c) {
      return gbps() > c.copyGbps();
    }

    /** Whether the memory's ceiling is nearer than the arithmetic's. */
    public boolean boundByMemory(Ceilings c) {
      return !cached(c) && gbps() / c.copyGbps() > gflops() / c.gflops();
    }

    /** Share of the ceiling that is nearer. */
    public double share(Ceilings c) {
      return boundByMemory(c) ? gbps() / c.copyGbps() : gflops() / c.gflops();
    }
  }

  /**
   * Trains and looks where the time goes.
   *
   * @param recording a device that records times
   * @param plain the same device without
   * @param locality of both
   * @param config the net and its training
   * @param steps at most as many as the training set has batches
   */
  public static Profile of(
      DeviceBackend recording,
      DeviceBackend plain,
      Locality locality,
      VaeConfig config,
      Dataset data,
      int steps) {
    Vae vae = new Vae(data.train().size(), config);
    double plainSeconds;
    try (Trainer trainer = trained(plain, locality, vae, data)) {
      plainSeconds = trainer.steps(TRAINED, steps);
    }
    try (Trainer trainer = trained(recording, locality, vae, data)) {
      double wall = trainer.steps(TRAINED, steps);
      List<LaunchTime> times = recording.inspect().takeTimes();
      Source source = source(recording.inspect().joined(trainer.plan()), times, wall);
      List<LaunchTime> traced = times;
      if (source == Source.WAITING) {
        times = recording.inspect().timeByWaiting(trainer.plan(), new Batches(steps, 0, 0, steps));
        traced = List.of();
      }
      int threads = Math.max(1, (int) times.stream().map(LaunchTime::thread).distinct().count());
      int launches = trainer.plan().launches().size();
      int calls = times.size() / launches;
      Map<Launch, Double> executed = Executed.flops(recording, trainer.plan(), steps);
      List<Row> rows =
          rows(trainer.plan(), times, source == Source.WITHIN ? steps : calls, threads, executed);
      return new Profile(rows, launches, steps, wall, plainSeconds, threads, source, traced);
    }
  }

  private static Source source(boolean joined, List<LaunchTime> times, double wall) {
    if (joined) {
      return Source.WITHIN;
    }
    double sum = times.stream().mapToLong(LaunchTime::duration).sum() / 1e9;
    return sum > LEAST * wall && sum < MOST * wall ? Source.EVENTS : Source.WAITING;
  }

  private static Trainer trained(DeviceBackend backend, Locality locality, Vae vae, Dataset data) {
    Trainer trainer = new Trainer(backend, locality, vae, data.train());
    Weights.initialise(backend, vae);
    for (int epoch = 0; epoch < TRAINED; epoch++) {
      trainer.epoch(epoch, (done, all) -> {});
      backend.inspect().discardTimes();
    }
    return trainer;
  }

  private static List<Row> rows(
      Plan plan, List<LaunchTime> times, int calls, int threads, Map<Launch, Double> executed) {
    // Equal launches may come several times in a step: each has a row.
    IdentityHashMap<Launch, double[]> totals = new IdentityHashMap<>();
    plan.launches().forEach(launch -> totals.put(launch, new double[2]));
    for (LaunchTime t : times) {
      double[] total = totals.get(t.launch());
      total[0] += t.duration();
      total[1] += t.waited();
    }
    List<Row> rows = new ArrayList<>();
    for (Launch launch : plan.launches()) {
      double[] t = totals.get(launch);
      rows.add(new Row(launch, calls, t[0] / threads, t[1] / threads, executed.get(launch)));
    }
    return rows;
  }

  /**
   * The median of what lies between the end of a launch and the beginning of the next, us by the
   * device's clock; null where it has none that tells.
   */
  public Double gapMicros() {
    if (source != Source.EVENTS || times.size() < 2) {
      return null;
    }
    long[] gaps =
        IntStream.range(1, times.size())
            .mapToLong(i -> times.get(i).start() - times.get(i - 1).end())
            .sorted()
            .toArray();
    return gaps[gaps.length / 2] / 1e3;
  }

  /** The sum over all launches, seconds. */
  public double deviceSeconds() {
    return rows.stream().mapToDouble(Row::nanos).sum() / 1e9;
  }

  /** What threads waited for each other, seconds, where the times are from within a launch. */
  public double waitedSeconds() {
    return source == Source.WITHIN ? rows.stream().mapToDouble(Row::waited).sum() / 1e9 : 0;
  }
}
