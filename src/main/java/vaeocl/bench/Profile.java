package vaeocl.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.data.Dataset;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.Ceilings;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.LaunchTime;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Plan;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

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
    Density density =
        Density.skipped(data.train(), plain.tiling(), Trial.order(vae, data.train().count()));
    double plainSeconds;
    try (Trial trial = new Trial(plain, vae, data, steps)) {
      trial.run();
      plainSeconds = trial.run();
    }
    try (Trial trial = new Trial(recording, vae, data, steps)) {
      trial.run();
      recording.takeTimes();
      double wall = trial.run();
      List<LaunchTime> times = recording.takeTimes();
      double sum = times.stream().mapToLong(LaunchTime::duration).sum() / 1e9;
      boolean credible = sum > LEAST * wall && sum < MOST * wall;
      List<LaunchTime> used =
          credible ? times : recording.timeByWaiting(trial.plan, trial.batches());
      List<Row> rows = rows(trial.plan, used, density);
      return new Profile(rows, steps, wall, plainSeconds, credible, credible ? times : List.of());
    }
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

  /** Training steps over the first images. */
  private static final class Trial implements AutoCloseable {
    private final DeviceBackend backend;
    private final Plan plan;
    private final int steps;

    Trial(DeviceBackend backend, Vae vae, Dataset data, int steps) {
      this.backend = backend;
      this.steps = steps;
      int images = data.train().count();
      DataTensors tensors = DataTensors.of("training", images, data.train().size());
      int batch = vae.config().batchSize();
      plan = backend.compile(vae.step(tensors, batch, steps).ops(), Set.of());
      Weights.initialise(backend, vae);
      backend.write(tensors.images(), data.train().pixels());
      backend.write(tensors.order(), order(vae, images));
    }

    static int[] order(Vae vae, int images) {
      return Philox.permutation(vae.config().seed(), Stream.SHUFFLE, 0, images);
    }

    Batches batches() {
      return new Batches(0, 0, 0, steps);
    }

    double run() {
      backend.finish();
      long begin = System.nanoTime();
      plan.run(batches());
      backend.finish();
      return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public void close() {
      plan.close();
    }
  }
}
