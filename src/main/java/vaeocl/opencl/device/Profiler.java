package vaeocl.opencl.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import vaeocl.ops.Launch;

/**
 * Collects the events of launches, or what a launch of many steps says of its phases, and turns
 * them into times.
 */
public final class Profiler {
  /** Events are turned into times before there are more. */
  private static final int PENDING_LIMIT = 2048;

  private final ClContext context;
  private final List<Pending> pending = new ArrayList<>();
  private final List<LaunchTime> times = new ArrayList<>();
  private final List<LaunchTime> chunks = new ArrayList<>();
  private Clock first;
  private Clock last;

  /** That the processor's clock was at a cycle when the host's was at so many ns. */
  public record Clock(long cycle, long nanos) {}

  private record Pending(Launch launch, cl_event event) {}

  public Profiler(ClContext context) {
    this.context = context;
  }

  /** An event for a launch about to be queued. */
  public cl_event event(Launch launch) {
    if (pending.size() >= PENDING_LIMIT) {
      harvest();
    }
    cl_event event = new cl_event();
    pending.add(new Pending(launch, event));
    return event;
  }

  /** The times of all launches since the last call, in their order; waits for them. */
  public List<LaunchTime> take() {
    harvest();
    List<LaunchTime> taken = new ArrayList<>(times);
    if (first != null) {
      double rate = (double) (last.nanos() - first.nanos()) / (last.cycle() - first.cycle());
      long begin = first.cycle();
      chunks.forEach(c -> taken.add(c.on(cycle -> Math.round((cycle - begin) * rate))));
    }
    discard();
    taken.sort(Comparator.comparingLong(LaunchTime::start));
    return List.copyOf(taken);
  }

  /** Forgets the times of all launches until now. */
  public void discard() {
    harvest();
    times.clear();
    chunks.clear();
    first = null;
  }

  /** Takes down a chunk of a launch of many steps, in cycles of the processor's clock. */
  public void chunk(LaunchTime time) {
    chunks.add(time);
  }

  /** Takes down when a launch of many steps began and when it was done. */
  public void clock(Clock began, Clock done) {
    last = first == null ? done : began; // from like to like, where there are two
    first = first == null ? began : first;
  }

  private void harvest() {
    context.finish();
    for (Pending p : pending) {
      times.add(
          new LaunchTime(
              p.launch(),
              0,
              info(p.event(), CL.CL_PROFILING_COMMAND_QUEUED),
              info(p.event(), CL.CL_PROFILING_COMMAND_START),
              info(p.event(), CL.CL_PROFILING_COMMAND_END)));
      CL.clReleaseEvent(p.event());
    }
    pending.clear();
  }

  private static long info(cl_event event, int what) {
    long[] time = new long[1];
    OpenClException.check(
        "clGetEventProfilingInfo",
        CL.clGetEventProfilingInfo(event, what, Sizeof.cl_ulong, Pointer.to(time), null));
    return time[0];
  }
}
