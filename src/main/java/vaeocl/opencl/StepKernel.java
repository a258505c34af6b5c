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
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;
import vaeocl.opencl.BoundKernel.Argument;
import vaeocl.opencl.DeviceBuffer.Element;

/**
 * The launches of a step as one kernel that runs many steps, on a CPU: {@code kernels/step_cpu.cl}
 * says how. Its text is written here, with every number as a constant.
 */
final class StepKernel implements AutoCloseable {
  /** Files all of whose kernels can be phases. */
  private static final Set<String> FILES =
      Set.of("batch_cpu.cl", "zeros_cpu.cl", "dense_cpu.cl", "latent_cpu.cl", "latent.cl");

  private static final String STEP = "step_cpu.cl";

  /** Chunks of a phase for each thread: the more, the shorter is the wait for the last one. */
  private static final int CHUNKS_EACH = 40;

  private static final int TICKETS = 64;

  private final ClContext context;
  private final KernelProgram program;
  private final DeviceBuffer tickets;
  private final cl_kernel kernel;
  private final int units;

  /** A work of the step, and where its chunks begin among those of a step. */
  private record Phase(BoundKernel kernel, int chunks, int start, int groupStart) {
    int items() {
      return kernel.items(0) * kernel.items(1);
    }
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

  StepKernel(DeviceBackend backend, List<BoundKernel> kernels) {
    context = backend.context();
    // A driver counts the machine's threads, Java those this process may use: others would only
    // wait.
    int processors = Runtime.getRuntime().availableProcessors();
    units = Math.max(1, Math.min(context.info().computeUnits(), processors));
    List<DeviceBuffer> buffers = buffers(kernels);
    Set<String> files = new LinkedHashSet<>();
    kernels.forEach(k -> files.add(k.file()));
    files.add(STEP);
    String text = backend.source().program(List.copyOf(files)) + text(phases(kernels), buffers);
    program = new KernelProgram(context, text, STEP, backend.tiling().options() + " -DSTEP");
    tickets = new DeviceBuffer(context, "tickets", Element.INT, TICKETS, false);
    int[] status = new int[1];
    kernel = CL.clCreateKernel(program.program(), "training_steps", status);
    OpenClException.check("clCreateKernel(training_steps)", status[0]);
    set(0, Sizeof.cl_mem, Pointer.to(tickets.memory()));
    for (int i = 0; i < buffers.size(); i++) {
      set(3 + i, Sizeof.cl_mem, Pointer.to(buffers.get(i).memory()));
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
      int chunks = Math.min(k.items(0) * k.items(1), CHUNKS_EACH * units);
      phases.add(new Phase(k, chunks, start, groupStart));
      start += chunks;
    }
    return phases;
  }

  private static String text(List<Phase> phases, List<DeviceBuffer> buffers) {
    Map<DeviceBuffer, String> names = new HashMap<>();
    StringBuilder text = new StringBuilder("#line 1 \"step\"\n");
    text.append("SINGLE_ITEM kernel void training_steps(global int *tickets, int first, int steps");
    for (DeviceBuffer b : buffers) {
      String name = "p" + names.size();
      names.put(b, name);
      text.append(",\n    global ").append(b.element().typeName()).append(" *").append(name);
    }
    Phase end = phases.get(phases.size() - 1);
    int all = end.start() + end.chunks();
    text.append(") {\n");
    text.append("  for (int t = take(tickets); t < steps * ").append(all).append("; ");
    text.append("t = take(tickets)) {\n");
    text.append("    const int chunk = t % ").append(all);
    text.append(", n = first + t / ").append(all).append(";\n");
    for (Phase p : phases) {
      String chunk = "chunk - " + p.start();
      text.append(p.start() == 0 ? "    if" : "    else if");
      text.append(" (chunk < ").append(p.start() + p.chunks()).append(") {\n");
      text.append("      await(tickets, t - chunk + ").append(p.groupStart()).append(");\n");
      String range = ", " + p.chunks() + ", " + p.items() + ")";
      text.append("      for (int i = FROM(").append(chunk).append(range);
      text.append("; i < FROM(").append(chunk).append(" + 1").append(range).append("; i++)\n");
      text.append("        ").append(p.kernel().name()).append("(i % ").append(p.kernel().items(0));
      text.append(", i / ").append(p.kernel().items(0)).append(", ").append(p.kernel().items(0));
      text.append(", ").append(p.kernel().items(1));
      for (Argument a : p.kernel().arguments()) {
        text.append(", ").append(value(a, names));
      }
      text.append(");\n    }\n");
    }
    return text.append("    finish(tickets);\n  }\n}\n").toString();
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

  /** Puts some steps in the queue, from the nth batch of a run. */
  void enqueue(int nth, int steps) {
    tickets.clear();
    set(1, Sizeof.cl_int, Pointer.to(new int[] {nth}));
    set(2, Sizeof.cl_int, Pointer.to(new int[] {steps}));
    int status =
        CL.clEnqueueNDRangeKernel(
            context.queue(), kernel, 1, null, new long[] {units}, new long[] {1}, 0, null, null);
    OpenClException.check("clEnqueueNDRangeKernel(training_steps)", status);
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
  }
}
