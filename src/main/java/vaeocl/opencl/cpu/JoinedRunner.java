package vaeocl.opencl.cpu;

import java.util.List;
import vaeocl.opencl.plan.Runner;
import vaeocl.opencl.plan.Work;
import vaeocl.opencl.plan.Workspace;

/**
 * Runs steps joined into a {@link PersistentStep}, or kernel by kernel while a {@link LaunchPolicy}
 * says that the machine is busy; the numbers are the same to the bit.
 */
final class JoinedRunner implements Runner {
  private final boolean profiled;
  private final Runner oneByOne;
  private final PersistentStep step;
  private final LaunchPolicy policy = new LaunchPolicy();

  JoinedRunner(Workspace workspace, List<Work> works, Runner oneByOne) {
    profiled = workspace.profiler() != null; // then everything is told by the joined step's clock
    this.oneByOne = oneByOne;
    step = new PersistentStep(workspace, works);
  }

  @Override
  public void run(int first, int count) {
    for (int nth = first; nth < first + count; ) {
      int left = first + count - nth;
      int apart = profiled ? 0 : Math.min(left, policy.apart());
      if (apart > 0) {
        oneByOne.run(nth, apart);
        policy.ranApart(apart);
        nth += apart;
      } else {
        int asked = Math.min(PersistentStep.STEPS, left);
        int ran = step.run(nth, asked);
        policy.ranJoined(asked, ran);
        nth += ran;
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
