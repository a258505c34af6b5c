package vaeocl.opencl.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import vaeocl.opencl.device.BoundKernel;
import vaeocl.opencl.device.BoundKernel.Argument;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.DeviceBuffer.Element;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.DeviceKind;
import vaeocl.opencl.device.KernelProgram;
import vaeocl.opencl.device.LaunchTime;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.plan.Work;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Op;

/**
 * The launches of a step as one persistent kernel that runs many steps, on a CPU: {@code
 * kernels/cpu/step.cl} says how.
 */
final class PersistentStep implements AutoCloseable {
  /** Steps that one launch runs. */
  static final int STEPS = 16;

  /** Files all of whose kernels can be phases. */
  private static final Set<String> FILES =
      Set.of(
          "cpu/gather.cl",
          "cpu/dense_forward.cl",
          "cpu/dense_backward.cl",
          "cpu/dense_gradient.cl",
          "cpu/latent.cl",
          "cpu/loss.cl");

  /** Numbers that stay arguments: runs that differ in them alone share a program. */
  private static final Set<String> SEEDS = Set.of("seedLow", "seedHigh");

  private static final String STEP = "cpu/step.cl";

  /** Numbers in two cache lines: LINE in step.cl. */
  private static final int LINE = 32;

  /** Where the steps that ran are counted: BEGUN in step.cl. */
  private static final int BEGUN = 0;

  /** Numbers of a ticket's entry in the log. */
  private static final int ENTRY = 4;

  private final Profiler profiler;
  private final List<Work> works;
  private final StepPhases phases;
  private final DeviceBuffer tickets;
  private final DeviceBuffer homes;
  private final DeviceBuffer log;
  private final BoundKernel kernel;

  /** Whether a plan's launches can be phases on its device. */
  static boolean suits(Workspace workspace, List<Work> works) {
    DeviceInfo device = workspace.context().info();
    boolean trains =
        works.stream()
            .flatMap(w -> w.launch().covers().stream())
            .anyMatch(op -> op instanceof Op.AdamStep);
    // A process may not read the processor's clock everywhere.
    boolean clock = System.getProperty("os.arch").equals("amd64");
    // Other platforms have not been seen to run work-groups on threads that wait for each other.
    return trains
        && !workspace.guarded()
        && device.platform().equals("Portable Computing Language")
        && device.kind() == DeviceKind.CPU
        && works.stream().allMatch(w -> FILES.contains(w.kernel().file()))
        && (workspace.profiler() == null || clock);
  }

  PersistentStep(Workspace workspace, List<Work> works) {
    ClContext context = workspace.context();
    this.profiler = workspace.profiler();
    this.works = works;
    boolean clocked = profiler != null;
    // A driver counts the machine's threads, Java those this process may use: others would only
    // wait.
    int processors = Runtime.getRuntime().availableProcessors();
    int groups = Math.max(1, Math.min(context.info().computeUnits(), processors));
    Map<DeviceBuffer, String> names = new HashMap<>();
    List<DeviceBuffer> buffers = buffers(names);
    phases = StepPhases.of(works.stream().map(w -> call(w.kernel(), names)).toList(), groups);
    Set<String> files = new LinkedHashSet<>();
    works.forEach(w -> files.add(w.kernel().file()));
    files.add(STEP);
    Map<String, Object> seeds = seeds();
    List<String> parameters = new ArrayList<>();
    buffers.forEach(b -> parameters.add("global " + b.element().typeName() + " *" + names.get(b)));
    seeds.keySet().forEach(seed -> parameters.add("uint " + seed));
    KernelProgram program =
        workspace
            .programs()
            .generate(
                List.copyOf(files),
                phases.text(parameters),
                STEP,
                "-DJOINED" + (clocked ? " -DCLOCKED" : ""));
    int taken = (works.size() + LINE - 1) / LINE * LINE;
    long counts = LINE + (LINE + taken) * (long) groups;
    tickets = new DeviceBuffer(context, "tickets", Element.INT, counts, false);
    homes = new DeviceBuffer(context, "homes", Element.INT, groups, false);
    homes.clear();
    long entries = (long) STEPS * phases.chunks() * ENTRY;
    log = clocked ? new DeviceBuffer(context, "log", Element.ULONG, entries, false) : null;
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("tickets", tickets);
    arguments.put("homes", homes);
    arguments.put("steps", 0);
    arguments.put("entries", log == null ? BoundKernel.NULL : log);
    buffers.forEach(b -> arguments.put(names.get(b), b));
    arguments.putAll(seeds);
    long[] global = {groups};
    kernel = new BoundKernel(context, program, "training_steps", arguments, global, new long[] {1});
  }

  /** The seed that all kernels of a step share, where one has any. */
  private Map<String, Object> seeds() {
    Map<String, Object> seeds = new TreeMap<>();
    works.stream()
        .flatMap(w -> w.kernel().arguments().stream())
        .filter(a -> SEEDS.contains(a.name()))
        .forEach(a -> seeds.put(a.name(), a.value()));
    return seeds;
  }

  /** Every buffer that some kernel is bound to, once. */
  private List<DeviceBuffer> buffers(Map<DeviceBuffer, String> names) {
    List<DeviceBuffer> buffers = new ArrayList<>();
    for (Work w : works) {
      for (Argument a : w.kernel().arguments()) {
        if (a.value() instanceof DeviceBuffer b && !names.containsKey(b)) {
          names.put(b, "p" + names.size());
          buffers.add(b);
        }
      }
    }
    return buffers;
  }

  private static StepPhases.Call call(BoundKernel k, Map<DeviceBuffer, String> names) {
    Set<String> reads = new TreeSet<>();
    Set<String> writes = new TreeSet<>();
    List<String> values = new ArrayList<>();
    for (Argument a : k.arguments()) {
      values.add(value(a, names));
      if (a.value() instanceof DeviceBuffer b) {
        (a.constant() ? reads : writes).add(names.get(b));
      }
    }
    return new StepPhases.Call(k.name(), values, reads, writes, k.items(0), k.items(1));
  }

  private static String value(Argument a, Map<DeviceBuffer, String> names) {
    if (SEEDS.contains(a.name())) {
      return a.name();
    } else if (a.value() == null) {
      return "n";
    } else if (a.value() instanceof DeviceBuffer b) {
      return names.get(b);
    } else if (a.value() instanceof Integer i) {
      return "(" + a.type() + ")" + i;
    } else if (a.value() instanceof Float f) {
      return Float.toHexString(f) + "f";
    }
    return "0";
  }

  /**
   * Runs at most {@link #STEPS} steps, from the nth batch of a run, and waits for them.
   *
   * @return how many ran: fewer where a thread lost its processor
   */
  int run(int nth, int steps) {
    tickets.clear();
    long enqueued = System.nanoTime();
    kernel.set("steps", steps);
    kernel.enqueue(nth, null);
    int begun = tickets.readInts()[BEGUN];
    int ran = begun < 0 ? ~begun : begun;
    if (profiler != null) {
      report(ran, enqueued, System.nanoTime());
    }
    return ran;
  }

  /** Hands over the times of the chunks of steps. */
  private void report(int steps, long enqueued, long now) {
    long[] entries = log.readLongs();
    long first = Long.MAX_VALUE;
    long last = 0;
    for (int t = 0; t < steps * phases.chunks(); t++) {
      int phase = phases.phaseOf(t % phases.chunks());
      int at = t * ENTRY;
      profiler.chunk(
          new LaunchTime(
              works.get(phase).launch(),
              (int) entries[at + 3],
              entries[at],
              entries[at + 1],
              entries[at + 2]));
      first = Math.min(first, entries[at]);
      last = Math.max(last, entries[at + 2]);
    }
    profiler.clock(new Profiler.Clock(first, enqueued), new Profiler.Clock(last, now));
  }

  @Override
  public void close() {
    kernel.close();
    tickets.close();
    homes.close();
    if (log != null) {
      log.close();
    }
  }
}
