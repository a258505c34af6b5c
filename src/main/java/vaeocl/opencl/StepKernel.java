package vaeocl.opencl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import vaeocl.opencl.BoundKernel.Argument;
import vaeocl.opencl.DeviceBuffer.Element;
import vaeocl.ops.Launch;

/**
 * The launches of a step as one kernel that runs many steps, on a CPU: {@code kernels/cpu/step.cl}
 * says how. Its text is written here, with every number as a constant.
 */
final class StepKernel implements AutoCloseable {
  /** Steps that one launch runs. */
  static final int STEPS = 16;

  /** Files all of whose kernels can be phases. */
  private static final Set<String> FILES =
      Set.of(
          "cpu/gather.cl",
          "cpu/list_zeros.cl",
          "cpu/dense_forward.cl",
          "cpu/dense_backward.cl",
          "cpu/dense_gradient.cl",
          "cpu/latent.cl",
          "cpu/loss.cl");

  private static final String STEP = "cpu/step.cl";

  /** A chunk is this part of what each thread has left of its phase. */
  private static final int PART = 2;

  /** No chunk is a smaller part of what a thread has of its phase. */
  private static final int LEAST = 32;

  /** Numbers in two cache lines: DONE in cpu/step.cl. */
  private static final int APART = 32;

  /** Numbers of a ticket's entry in the log. */
  private static final int ENTRY = 4;

  private final ClContext context;
  private final KernelProgram program;
  private final DeviceBuffer tickets;
  private final DeviceBuffer log;
  private final cl_kernel kernel;
  private final int units;
  private final List<Phase> phases;
  private long enqueued;

  /**
   * A work of the step.
   *
   * @param start its first chunk among those of a step
   * @param bounds where its chunks begin and end among its work-items
   * @param groupStart first chunk it need not wait for
   */
  private record Phase(BoundKernel kernel, int start, int[] bounds, int groupStart) {
    int end() {
      return start + bounds.length - 1;
    }
  }

  /** Whether chunks can be clocked: elsewhere a process may not read the processor's clock. */
  static boolean hasClock() {
    return System.getProperty("os.arch").equals("amd64");
  }

  /** Whether these launches can be phases on a device. */
  static boolean suits(DeviceBackend backend, List<BoundKernel> kernels) {
    DeviceInfo device = backend.context().info();
    // Others have not been seen to run work-groups on threads that wait for each other.
    return device.platform().equals("Portable Computing Language")
        && device.kind() == DeviceKind.CPU
        && backend.tiling().cpu()
        && kernels.stream().allMatch(k -> FILES.contains(k.file()));
  }

  /**
   * @param clocked whether each chunk's times are taken down
   */
  StepKernel(DeviceBackend backend, List<BoundKernel> kernels, boolean clocked) {
    context = backend.context();
    // A driver counts the machine's threads, Java those this process may use: others would only
    // wait.
    int processors = Runtime.getRuntime().availableProcessors();
    units = Math.max(1, Math.min(context.info().computeUnits(), processors));
    List<DeviceBuffer> buffers = buffers(kernels);
    Set<String> files = new LinkedHashSet<>();
    kernels.forEach(k -> files.add(k.file()));
    files.add(STEP);
    phases = phases(kernels);
    String text = backend.source().program(List.copyOf(files)) + text(phases, buffers);
    String options = backend.tiling().options() + " -DJOINED" + (clocked ? " -DCLOCKED" : "");
    program = new KernelProgram(context, text, STEP, options);
    tickets = new DeviceBuffer(context, "tickets", Element.INT, APART * (1L + units), false);
    int[] status = new int[1];
    kernel = CL.clCreateKernel(program.program(), "training_steps", status);
    OpenClException.check("clCreateKernel(training_steps)", status[0]);
    set(0, Sizeof.cl_mem, Pointer.to(tickets.memory()));
    long entries = (long) STEPS * chunks() * ENTRY;
    log = clocked ? new DeviceBuffer(context, "log", Element.ULONG, entries, false) : null;
    set(3, Sizeof.cl_mem, Pointer.to(log == null ? new cl_mem() : log.memory()));
    for (int i = 0; i < buffers.size(); i++) {
      set(4 + i, Sizeof.cl_mem, Pointer.to(buffers.get(i).memory()));
    }
  }

  /** Every buffer that some kernel is bound to, once. */
  private static List<DeviceBuffer> buffers(List<BoundKernel> kernels) {
    Set<DeviceBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<DeviceBuffer> buffers = new ArrayList<>();
    for (BoundKernel k : kernels) {
      for (Argument a : k.arguments()) {
        if (a.value() instanceof DeviceBuffer b && seen.add(b)) {
          buffers.add(b);
        }
      }
    }
    return buffers;
  }

  /** Phases that touch nothing that others of their group write need not wait for each other. */
  private List<Phase> phases(List<BoundKernel> kernels) {
    List<Phase> phases = new ArrayList<>();
    Set<DeviceBuffer> read = new HashSet<>();
    Set<DeviceBuffer> written = new HashSet<>();
    int start = 0;
    int groupStart = 0;
    for (BoundKernel k : kernels) {
      Set<DeviceBuffer> reads = new HashSet<>();
      Set<DeviceBuffer> writes = new HashSet<>();
      for (Argument a : k.arguments()) {
        if (a.value() instanceof DeviceBuffer b) {
          (a.constant() ? reads : writes).add(b);
        }
      }
      boolean independent =
          Collections.disjoint(reads, written)
              && Collections.disjoint(writes, written)
              && Collections.disjoint(writes, read);
      if (!independent) {
        groupStart = start;
        read.clear();
        written.clear();
      }
      read.addAll(reads);
      written.addAll(writes);
      Phase phase = new Phase(k, start, bounds(k.items(0) * k.items(1)), groupStart);
      phases.add(phase);
      start = phase.end();
    }
    return phases;
  }

  /**
   * Large chunks first, for each costs a ticket; then ever smaller ones, for all wait for the last.
   */
  private int[] bounds(int items) {
    List<Integer> bounds = new ArrayList<>();
    int least = Math.max(1, items / (LEAST * units));
    for (int at = 0; at < items; ) {
      bounds.add(at);
      at += Math.min(items - at, Math.max(least, (items - at) / (PART * units)));
    }
    bounds.add(items);
    return bounds.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String text(List<Phase> phases, List<DeviceBuffer> buffers) {
    List<Integer> from = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (Phase p : phases) {
      for (int c = 1; c < p.bounds().length; c++) {
        from.add(p.bounds()[c - 1]);
        to.add(p.bounds()[c]);
        after.add(p.groupStart());
      }
    }
    StringBuilder text = new StringBuilder("#line 1 \"step\"\n");
    text.append(table("FROM", from)).append(table("TO", to)).append(table("AFTER", after));
    text.append(
        "SINGLE_ITEM kernel void training_steps(global int *tickets, int first, int steps,\n    ");
    text.append("global ulong *log");
    Map<DeviceBuffer, String> names = new HashMap<>();
    for (DeviceBuffer b : buffers) {
      String name = "p" + names.size();
      names.put(b, name);
      text.append(",\n    global ").append(b.element().typeName()).append(" *").append(name);
    }
    text.append(") {\n  int done = 0;\n");
    text.append("  for (int t = take(tickets); t < steps * ").append(from.size()).append("; ");
    text.append("t = take(tickets)) {\n");
    text.append("    const int chunk = t % ").append(from.size());
    text.append(", n = first + t / ").append(from.size()).append(";\n");
    text.append("    CLOCK(0);\n");
    text.append("    if (t - chunk + AFTER[chunk] > done)\n");
    text.append("      await(tickets, done = t - chunk + AFTER[chunk]);\n");
    text.append("    CLOCK(1);\n");
    for (Phase p : phases) {
      text.append(p.start() == 0 ? "    if" : "    else if");
      text.append(" (chunk < ").append(p.end()).append(")\n");
      text.append("      for (int i = FROM[chunk]; i < TO[chunk]; i++)\n");
      text.append("        ").append(p.kernel().name()).append("(i % ").append(p.kernel().items(0));
      text.append(", i / ").append(p.kernel().items(0)).append(", ").append(p.kernel().items(0));
      text.append(", ").append(p.kernel().items(1));
      for (Argument a : p.kernel().arguments()) {
        text.append(", ").append(value(a, names));
      }
      text.append(");\n");
    }
    text.append("    finish(tickets);\n    CLOCK(2);\n    NOTE_GROUP;\n");
    return text.append("  }\n}\n").toString();
  }

  private static String table(String name, List<Integer> values) {
    String list = values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "constant int " + name + "[] = {" + list + "};\n";
  }

  private static String value(Argument a, Map<DeviceBuffer, String> names) {
    if (a.value() == null) {
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

  /** Chunks of a step. */
  private int chunks() {
    return phases.get(phases.size() - 1).end();
  }

  /** Puts at most {@link #STEPS} steps in the queue, from the nth batch of a run. */
  void enqueue(int nth, int steps) {
    tickets.clear();
    enqueued = System.nanoTime();
    set(1, Sizeof.cl_int, Pointer.to(new int[] {nth}));
    set(2, Sizeof.cl_int, Pointer.to(new int[] {steps}));
    int status =
        CL.clEnqueueNDRangeKernel(
            context.queue(), kernel, 1, null, new long[] {units}, new long[] {1}, 0, null, null);
    OpenClException.check("clEnqueueNDRangeKernel(training_steps)", status);
  }

  /**
   * Waits for the steps enqueued last and hands over the times of their chunks.
   *
   * @param launches what the phases are, in their order
   */
  void report(int steps, List<Launch> launches, Profiler profiler) {
    context.finish();
    long now = System.nanoTime();
    long[] entries = log.readLongs();
    long last = 0;
    for (int t = 0; t < steps * chunks(); t++) {
      int chunk = t % chunks();
      int phase = 0;
      while (phases.get(phase).end() <= chunk) {
        phase++;
      }
      int at = t * ENTRY;
      profiler.chunk(
          new LaunchTime(
              launches.get(phase),
              (int) entries[at + 3],
              entries[at],
              entries[at + 1],
              entries[at + 2]));
      last = Math.max(last, entries[at + 2]);
    }
    profiler.clock(new Profiler.Clock(entries[0], enqueued), new Profiler.Clock(last, now));
  }

  private void set(int i, long size, Pointer value) {
    OpenClException.check(
        "clSetKernelArg(training_steps, " + i + ")", CL.clSetKernelArg(kernel, i, size, value));
  }

  @Override
  public void close() {
    CL.clReleaseKernel(kernel);
    program.close();
    tickets.close();
    if (log != null) {
      log.close();
    }
  }
}
