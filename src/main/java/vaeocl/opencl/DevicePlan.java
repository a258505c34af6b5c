package vaeocl.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.FaultSignals;
import vaeocl.opencl.device.LaunchTime;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.Runner;
import vaeocl.opencl.plan.Work;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;

/** Launches with every argument bound, to be put in the queue again and again. */
final class DevicePlan implements Plan {
  /** Batches after which the queue is told to get going. */
  private static final int FLUSH_EVERY = 16;

  private final ClContext context;
  private final Profiler profiler;
  private final Launches launches;
  private final List<Work> works;
  private final Runner runner;
  private final int batch;
  private int runs;

  /**
   * @param groups what each launch does
   * @param keep tensors that are read from outside, as they are
   */
  DevicePlan(Workspace workspace, Kernels kernels, List<Group> groups, Set<Tensor> keep) {
    context = workspace.context();
    profiler = workspace.profiler();
    batch = batch(groups);
    launches = new Launches(workspace);
    Lowering lowering = kernels.lowering(groups, launches);
    groups.forEach(lowering::declare);
    keep.stream().filter(t -> t.role().ofBatch()).forEach(workspace.store()::own);
    groups.forEach(lowering::bind);
    works = launches.works();
    runner = kernels.runner(works, this::oneByOne);
  }

  /** All batches of a plan have the same rows. */
  private static int batch(List<Group> groups) {
    List<Integer> rows =
        groups.stream()
            .flatMap(g -> g.ops().stream())
            .flatMap(op -> Stream.of(op.reads(), op.writes()))
            .flatMap(List::stream)
            .filter(t -> t.role().ofBatch())
            .map(Tensor::rows)
            .distinct()
            .toList();
    if (rows.size() > 1) {
      throw new IllegalArgumentException("a plan has one batch size, not " + rows);
    }
    return rows.isEmpty() ? 1 : rows.get(0);
  }

  @Override
  public void run(Batches b) {
    for (int done = 0; done < b.count(); done += Launches.RUN_LIMIT) {
      int count = Math.min(Launches.RUN_LIMIT, b.count() - done);
      launches.begin(
          new Batches(b.step() + done, b.slot() + done, b.start() + done * batch, count));
      runner.run(0, count);
    }
    context.flush();
    if (runs < runner.coldRuns()) {
      // A kernel's first launch may compile it, and a compiler leaves handlers behind.
      runs++;
      context.finish();
      FaultSignals.restore();
    }
  }

  @Override
  public void warmUp(Batches batches) {
    for (int i = 0; i < runner.coldRuns(); i++) {
      run(batches);
    }
  }

  private void oneByOne(int first, int count) {
    for (int nth = first; nth < first + count; nth++) {
      for (Work work : works) {
        work.kernel().enqueue(nth, profiler == null ? null : profiler.event(work.launch()));
      }
      if (nth % FLUSH_EVERY == 0) {
        context.flush();
      }
    }
  }

  /** Whether threads share what would be launches by itself, as parts of one. */
  boolean joined() {
    return runner.joined();
  }

  long privateBytes() {
    return works.stream().mapToLong(w -> w.kernel().privateBytes()).sum();
  }

  /** Runs with a wait after each launch, and returns how long each took by the host's clock. */
  List<LaunchTime> runWaiting(Batches b) {
    List<LaunchTime> times = new ArrayList<>();
    int count = Math.min(Launches.RUN_LIMIT, b.count());
    launches.begin(new Batches(b.step(), b.slot(), b.start(), count));
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

  @Override
  public List<Launch> launches() {
    return works.stream().map(Work::launch).toList();
  }

  @Override
  public void close() {
    runner.close();
    launches.close();
  }
}
