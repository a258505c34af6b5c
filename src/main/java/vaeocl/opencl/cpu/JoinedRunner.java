package vaeocl.opencl.cpu;

import java.util.List;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.plan.Runner;
import vaeocl.opencl.plan.Work;
import vaeocl.opencl.plan.Workspace;

/**
 * Runs steps joined into a {@link PersistentStep}, or kernel by kernel while a {@link LaunchPolicy}
 * finds that faster; the numbers are the same to the bit.
 */
final class JoinedRunner implements Runner {
  private final ClContext context;
  private final Profiler profiler;
  private final Runner oneByOne;
  private final PersistentStep step;
  private final LaunchPolicy policy = new LaunchPolicy();

  JoinedRunner(Workspace workspace, List<Work> works, Runner oneByOne) {
    context = workspace.context();
    profiler = workspace.profiler();
    this.oneByOne = oneByOne;
    step = new PersistentStep(workspace, works);
  }

  @Override
  public void run(int count) {
    if (profiler != null) {
      joined(count);
      return;
    }
    context.finish();
    long begin = System.nanoTime();
    boolean joined = policy.joined();
    if (joined) {
      joined(count);
    } else {
      oneByOne.run(count);
    }
    context.finish();
    policy.took(joined, count, (System.nanoTime() - begin) / 1e9);
  }

  private void joined(int count) {
    for (int nth = 0; nth < count; nth += PersistentStep.STEPS) {
      int steps = Math.min(PersistentStep.STEPS, count - nth);
      step.enqueue(nth, steps);
      if (profiler != null) {
        step.report(steps, profiler);
      }
    }
  }

  /** Each way compiles when it first runs. */
  @Override
  public int coldRuns() {
    return 2;
  }

  @Override
  public boolean joined() {
    return true;
  }

  @Override
  public void close() {
    step.close();
  }
}
