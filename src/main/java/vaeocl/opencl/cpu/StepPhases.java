package vaeocl.opencl.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The launches of a step as phases of one launch, cut into chunks that its work-groups take.
 *
 * @param phases in the order of the launches
 */
record StepPhases(List<Phase> phases) {
  /** A chunk is this part of what each work-group has left of its phase. */
  private static final int PART = 2;

  /** No chunk is a smaller part of what a work-group has of its phase. */
  private static final int LEAST = 32;

  /**
   * A kernel to be a phase.
   *
   * @param arguments as OpenCL C, buffers by their names
   * @param reads names of buffers
   * @param writes names of buffers
   * @param items0 work-items in dimension 0
   * @param items1 work-items in dimension 1
   */
  record Call(
      String kernel,
      List<String> arguments,
      Set<String> reads,
      Set<String> writes,
      int items0,
      int items1) {}

  /**
   * A phase.
   *
   * @param start its first chunk among those of a step
   * @param bounds where its chunks begin and end among its work-items
   * @param after chunks that have to be done before: phases that touch nothing that others of their
   *     group write need not wait for each other
   */
  record Phase(Call call, int start, List<Integer> bounds, int after) {
    /** Behind its last chunk. */
    int end() {
      return start + bounds.size() - 1;
    }
  }

  /** Cuts them for so many work-groups. */
  static StepPhases of(List<Call> calls, int groups) {
    List<Phase> phases = new ArrayList<>();
    Set<String> read = new HashSet<>();
    Set<String> written = new HashSet<>();
    int start = 0;
    int after = 0;
    for (Call call : calls) {
      boolean independent =
          Collections.disjoint(call.reads(), written)
              && Collections.disjoint(call.writes(), written)
              && Collections.disjoint(call.writes(), read);
      if (!independent) {
        after = start;
        read.clear();
        written.clear();
      }
      read.addAll(call.reads());
      written.addAll(call.writes());
      Phase phase = new Phase(call, start, bounds(call.items0() * call.items1(), groups), after);
      phases.add(phase);
      start = phase.end();
    }
    return new StepPhases(List.copyOf(phases));
  }

  /**
   * Large chunks first, for each costs a ticket; then ever smaller ones, for all wait for the last.
   */
  private static List<Integer> bounds(int items, int groups) {
    List<Integer> bounds = new ArrayList<>();
    int least = Math.max(1, items / (LEAST * groups));
    for (int at = 0; at < items; ) {
      bounds.add(at);
      at += Math.min(items - at, Math.max(least, (items - at) / (PART * groups)));
    }
    bounds.add(items);
    return List.copyOf(bounds);
  }

  /** Chunks of a step. */
  int chunks() {
    return phases.get(phases.size() - 1).end();
  }

  /** The phase that a chunk belongs to. */
  int phaseOf(int chunk) {
    int phase = 0;
    while (phases.get(phase).end() <= chunk) {
      phase++;
    }
    return phase;
  }

  /**
   * The kernel {@code training_steps}, to stand behind {@code kernels/cpu/step.cl}, with every
   * number as a constant.
   *
   * @param parameters "global float *p0" and so on: its further arguments
   */
  String text(List<String> parameters) {
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    List<String> after = new ArrayList<>();
    StringBuilder calls = new StringBuilder();
    for (Phase p : phases) {
      for (int c = 1; c < p.bounds().size(); c++) {
        from.add(p.bounds().get(c - 1).toString());
        to.add(p.bounds().get(c).toString());
        after.add(Integer.toString(p.after()));
      }
      Call call = p.call();
      calls.append(p.start() == 0 ? "    if" : "    else if");
      calls.append(" (chunk < ").append(p.end()).append(")\n");
      calls.append("      for (int i = FROM[chunk]; i < TO[chunk]; i++)\n        ");
      calls.append(call.kernel()).append("(i % ").append(call.items0());
      calls.append(", i / ").append(call.items0()).append(", ").append(call.items0());
      calls.append(", ").append(call.items1());
      call.arguments().forEach(a -> calls.append(", ").append(a));
      calls.append(");\n");
    }
    String more = String.join("", parameters.stream().map(p -> ",\n    " + p).toList());
    return """
        #line 1 "step"
        constant int FROM[] = {%s};
        constant int TO[] = {%s};
        constant int AFTER[] = {%s};
        SINGLE_ITEM kernel void training_steps(global int *tickets, int nth, int steps,
            global ulong *entries%s) {
          int done = 0, begun = 0;
          for (int t = take(tickets); t < steps * %d; t = take(tickets)) {
            const int chunk = t %% %d, n = nth + t / %d;
            if (n - nth >= begun && !begins(tickets, chunk, n - nth)) break;
            begun = n - nth + 1;
            CLOCK(0);
            if (t - chunk + AFTER[chunk] > done)
              await(tickets, done = t - chunk + AFTER[chunk]);
            CLOCK(1);
        %s    finish(tickets);
            CLOCK(2);
            NOTE_GROUP;
          }
        }
        """
        .formatted(
            String.join(", ", from),
            String.join(", ", to),
            String.join(", ", after),
            more,
            chunks(),
            chunks(),
            chunks(),
            calls);
  }
}
