package vaeocl.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vaeocl.ops.Adam;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;

/** Launches with every argument bound, to be put in the queue again and again. */
final class DevicePlan implements Plan {
  /** Batches a single upload of step lengths serves. */
  static final int RUN_LIMIT = 512;

  /** Ways to run: joined into one launch, and kernel by kernel. */
  private static final int WAYS = 2;

  /** Batches after which the queue is told to get going. */
  private static final int FLUSH_EVERY = 16;

  private final ClContext context;
  private final Profiler profiler;
  private final List<Work> works;
  private final DeviceBuffer run;
  private final Map<Adam, DeviceBuffer> rates;
  private final int batch;
  private final StepKernel step;
  private final Pace pace = new Pace();
  private int runs;

  /** A kernel ready to go, and the launch it is. */
  record Work(BoundKernel kernel, Launch launch) {
    Work(BoundKernel kernel, List<Op> covers) {
      this(kernel, new Launch(kernel.name(), covers));
    }
  }

  /**
   * @param run {start, slot, step} of a run, as panel.cl reads them
   * @param rates for each optimiser its step lengths, {@value #RUN_LIMIT} pairs
   * @param batch rows of a batch
   */
  DevicePlan(
      DeviceBackend backend,
      List<Work> works,
      DeviceBuffer run,
      Map<Adam, DeviceBuffer> rates,
      int batch) {
    this.context = backend.context();
    this.profiler = backend.profiler();
    this.works = List.copyOf(works);
    this.run = run;
    this.rates = Map.copyOf(rates);
    this.batch = batch;
    List<BoundKernel> kernels = works.stream().map(Work::kernel).toList();
    boolean trains =
        works.stream()
            .flatMap(w -> w.launch().covers().stream())
            .anyMatch(op -> op instanceof Op.AdamStep);
    this.step =
        backend.joinsLaunches()
                && trains
                && StepKernel.suits(backend, kernels)
                && (profiler == null || StepKernel.hasClock())
            ? new StepKernel(backend, kernels, profiler != null)
            : null;
  }

  @Override
  public void run(Batches b) {
    for (int done = 0; done < b.count(); done += RUN_LIMIT) {
      int count = Math.min(RUN_LIMIT, b.count() - done);
      begin(b.step() + done, b.slot() + done, b.start() + done * batch, count);
      if (step == null) {
        launch(count);
      } else if (profiler != null) {
        launchJoined(count);
      } else {
        launchAtPace(count);
      }
    }
    context.flush();
    if (runs < WAYS) {
      // A kernel's first launch may compile it, and a compiler leaves handlers behind.
      runs++;
      context.finish();
      FaultSignals.restore();
    }
  }

  @Override
  public void warmUp(Batches batches) {
    for (int way = 0; way < WAYS; way++) {
      run(batches);
    }
  }

  private void launchAtPace(int count) {
    context.finish();
    long begin = System.nanoTime();
    boolean joined = pace.joined();
    if (joined) {
      launchJoined(count);
    } else {
      launch(count);
    }
    context.finish();
    pace.took(joined, count, (System.nanoTime() - begin) / 1e9);
  }

  /** Whether there is one launch that does the work of all. */
  boolean joined() {
    return step != null;
  }

  private void launchJoined(int count) {
    for (int nth = 0; nth < count; nth += StepKernel.STEPS) {
      int steps = Math.min(StepKernel.STEPS, count - nth);
      step.enqueue(nth, steps);
      if (profiler != null) {
        step.report(steps, launches(), profiler);
      }
    }
  }

  private void launch(int count) {
    for (int nth = 0; nth < count; nth++) {
      for (Work work : works) {
        work.kernel().enqueue(nth, profiler == null ? null : profiler.event(work.launch()));
      }
      if (nth % FLUSH_EVERY == 0) {
        context.flush();
      }
    }
  }

  /** Runs with a wait after each launch, and returns how long each took by the host's clock. */
  List<LaunchTime> runWaiting(Batches b) {
    List<LaunchTime> times = new ArrayList<>();
    int count = Math.min(RUN_LIMIT, b.count());
    begin(b.step(), b.slot(), b.start(), count);
    for (int nth = 0; nth < count; nth++) {
      for (Work work : works) {
        context.finish();
        long start = System.nanoTime();
        work.kernel().enqueue(nth, null);
        context.finish();
        times.add(new LaunchTime(work.launch(), 0, start, start, System.nanoTime()));
      }
    }
    return times;
  }

  private void begin(long step, int slot, int start, int count) {
    run.write(new int[] {start, slot, (int) step});
    rates.forEach(
        (adam, buffer) -> {
          float[] pairs = new float[2 * count];
          for (int i = 0; i < count; i++) {
            pairs[2 * i] = (float) adam.stepSize(step + i + 1);
            pairs[2 * i + 1] = (float) adam.rootScale(step + i + 1);
          }
          buffer.write(pairs);
        });
  }

  @Override
  public List<Launch> launches() {
    return works.stream().map(Work::launch).toList();
  }

  @Override
  public void close() {
    if (step != null) {
      step.close();
    }
    works.forEach(w -> w.kernel().close());
    run.close();
    rates.values().forEach(DeviceBuffer::close);
  }
}
