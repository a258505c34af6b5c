package vaeocl.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.data.Dataset;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.LaunchTime;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Plan;
import vaeocl.train.Trainer;

/**
 * Where the time of a training step goes.
 *
 * @param rows one for each launch of a step, in order
 * @param steps steps profiled
 * @param wallSeconds of all these steps by the host's clock, while launches were recorded
 * @param plainSeconds of as many steps without recording
 * @param fromEvents whether the times come from the device's events; else each launch was waited
 *     for
 * @param times every launch, for a trace; empty where the events are of no use
 */
public record Profile(
    List<Row> rows,
    int steps,
    double wallSeconds,
    double plainSeconds,
    boolean fromEvents,
    List<LaunchTime> times) {

  /** Epochs before: by then the order of images and units follows what was learnt. */
  private static final int TRAINED = 2;

  /** Events whose sum is less than this share of the wall clock are not believed. */
  private static final double LEAST = 0.05;

  /** Nor are those whose sum is more, on a queue that runs one launch after the other. */
  private static final double MOST = 1.1;

  /**
   * A launch of the step.
   *
   * @param nanos of all its calls together
   * @param flops of one call, without those skipped because an input is zero
   */
  public record Row(Launch launch, int calls, long nanos, double flops) {
    public double gflops() {
      return flops * calls / nanos;
    }

    /** By the bytes that its operations touch at the least. */
    public double gbps() {
      return (double) launch.cost().bytes() * calls / nanos;
    }

    /** Whether the memory's ceiling is nearer than the arithmetic's. */
    public boolean boundByMemory(Ceilings c) {
      return gbps() / c.copyGbps() > gflops() / c.gflops();
    }

    /** Share of the ceiling that is nearer. */
    public double share(Ceilings c) {
      return Math.max(gflops() / c.gflops(), gbps() / c.copyGbps());
    }
  }

  /**
   * Trains and looks where the time goes.
   *
   * @param recording a device that records times
   * @param plain the same device without
   * @param steps at most as many as the training set has batches
   */
  public static Profile of(DeviceBackend recording, DeviceBackend plain, Dataset data, int steps) {
    Vae vae = new Vae(data.train().size(), VaeConfig.DEFAULT);
    double plainSeconds;
    try (Trainer trainer = trained(plain, vae, data)) {
      plainSeconds = trainer.steps(TRAINED, steps);
    }
    try (Trainer trainer = trained(recording, vae, data)) {
      recording.takeTimes();
      double wall = trainer.steps(TRAINED, steps);
      List<LaunchTime> times = recording.takeTimes();
      double sum = times.stream().mapToLong(LaunchTime::duration).sum() / 1e9;
      boolean credible = sum > LEAST * wall && sum < MOST * wall;
      List<LaunchTime> used =
          credible
              ? times
              : recording.timeByWaiting(trainer.plan(), new Batches(steps, 0, 0, steps));
      Density density = Density.of(recording, trainer.plan(), steps);
      List<Row> rows = rows(trainer.plan(), used, density);
      return new Profile(rows, steps, wall, plainSeconds, credible, credible ? times : List.of());
    }
  }

  private static Trainer trained(DeviceBackend backend, Vae vae, Dataset data) {
    Trainer trainer = new Trainer(backend, vae, data.train());
    Weights.initialise(backend, vae);
    for (int epoch = 0; epoch < TRAINED; epoch++) {
      trainer.epoch(epoch, (done, all) -> {});
    }
    return trainer;
  }

  private static List<Row> rows(Plan plan, List<LaunchTime> times, Density density) {
    Map<Launch, long[]> totals = new LinkedHashMap<>();
    plan.launches().forEach(launch -> totals.put(launch, new long[2]));
    for (LaunchTime t : times) {
      long[] total = totals.get(t.launch());
      total[0]++;
      total[1] += t.duration();
    }
    List<Row> rows = new ArrayList<>();
    totals.forEach(
        (launch, t) -> rows.add(new Row(launch, (int) t[0], t[1], density.executed(launch))));
    return rows;
  }

  /** The sum over all launches, seconds. */
  public double deviceSeconds() {
    return rows.stream().mapToLong(Row::nanos).sum() / 1e9;
  }
}
