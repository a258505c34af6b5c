package vaeocl.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.FaultSignals;
import vaeocl.opencl.device.LaunchTime;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.Runner;
import vaeocl.opencl.plan.TensorStore;
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
  private final TensorStore store;
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
    store = workspace.store();
    batch = batch(groups);
    launches = new Launches(workspace);
    Lowering lowering = kernels.lowering(groups, launches);
    groups.forEach(lowering::declare);
    keep.stream().filter(t -> t.role().ofBatch()).forEach(store::own);
    groups.forEach(lowering::bind);
    works = launches.works();
    runner = kernels.runner(works, this::oneByOne);
  }

  /** All batches of a plan have the same rows, or several for each image. */
  private static int batch(List<Group> groups) {
    List<Integer> rows =
        groups.stream()
            .flatMap(g -> g.ops().stream())
            .flatMap(op -> Stream.of(op.reads(), op.writes()))
            .flatMap(List::stream)
            .filter(t -> t.role().ofBatch())
            .map(Tensor::rows)
            .distinct()
            .sorted()
            .toList();
    int batch = rows.isEmpty() ? 1 : rows.get(0);
    if (rows.stream().anyMatch(n -> n % batch != 0)) {
      throw new IllegalArgumentException("a plan has one batch size, not " + rows);
    }
    return batch;
  }

  @Override
  public void run(Batches b) {
    for (int done = 0; done < b.count(); done += Launches.RUN_LIMIT) {
      int count = Math.min(Launches.RUN_LIMIT, b.count() - done);
      launches.begin(b.part(done, count, batch));
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
    while (runs < runner.coldRuns()) {
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

  /**
   * Whether a launch is bound to what the device keeps of a tensor; else it never reaches memory.
   */
  boolean binds(Tensor tensor) {
    boolean[] bound = {false};
    store.each(tensor, buffer -> bound[0] |= works.stream().anyMatch(w -> binds(w, buffer)));
    return bound[0];
  }

  private static boolean binds(Work work, DeviceBuffer buffer) {
    return work.kernel().arguments().stream().anyMatch(a -> a.value() == buffer);
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
    launches.begin(b.part(0, count, batch));
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
