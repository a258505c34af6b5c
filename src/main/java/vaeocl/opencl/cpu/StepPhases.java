package vaeocl.opencl.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The launches of a step as phases of one launch: each shared out to its work-groups, to every one
 * the same part in every step, and the shares cut into chunks that they take.
 *
 * @param groups work-groups
 * @param phases in the order of the launches
 */
record StepPhases(int groups, List<Phase> phases) {
  /** A chunk is this part of what is left of its share. */
  private static final int PART = 2;

  /** No chunk is a smaller part of its share. */
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
   * @param after chunks of the step that have to be done before: phases that touch nothing that
   *     others of their stage write have the same, and need not wait for each other
   * @param start its first chunk among those of a step
   * @param shares for each work-group where its chunks begin and end among the work-items
   */
  record Phase(Call call, int after, int start, List<List<Integer>> shares) {
    /** The first chunk of a work-group's share, or of what is behind the last. */
    int first(int group) {
      return start + shares.stream().limit(group).mapToInt(bounds -> bounds.size() - 1).sum();
    }

    /** Behind its last chunk. */
    int end() {
      return first(shares.size());
    }
  }

  /** Shares them out to so many work-groups. */
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
      List<List<Integer>> shares = new ArrayList<>();
      long items = (long) call.items0() * call.items1();
      for (int group = 0; group < groups; group++) {
        shares.add(bounds((int) (items * group / groups), (int) (items * (group + 1) / groups)));
      }
      Phase phase = new Phase(call, after, start, List.copyOf(shares));
      phases.add(phase);
      start = phase.end();
    }
    return new StepPhases(groups, List.copyOf(phases));
  }

  /**
   * Large chunks first, for each costs a look at a count; then ever smaller ones, for all wait for
   * the last.
   */
  private static List<Integer> bounds(int from, int to) {
    List<Integer> bounds = new ArrayList<>();
    int least = Math.max(1, (to - from) / LEAST);
    for (int at = from; at < to; ) {
      bounds.add(at);
      at += Math.min(to - at, Math.max(least, (to - at) / PART));
    }
    bounds.add(to);
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
    List<String> first = new ArrayList<>();
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    StringBuilder stages = new StringBuilder();
    for (int p = 0; p < phases.size(); p++) {
      Phase phase = phases.get(p);
      for (int group = 0; group < groups; group++) {
        first.add(Integer.toString(phase.first(group)));
        List<Integer> bounds = phase.shares().get(group);
        for (int c = 1; c < bounds.size(); c++) {
          from.add(bounds.get(c - 1).toString());
          to.add(bounds.get(c).toString());
        }
      }
      if (p == 0 || phase.after() != phases.get(p - 1).after()) {
        stages.append(p == 0 ? "" : "    }\n");
        stages.append("    await(tickets, step * CHUNKS + ").append(phase.after()).append(");\n");
        stages.append("    EACH_SHARE {\n");
      }
      Call call = phase.call();
      stages.append("      EACH_ITEM(").append(p).append(") ").append(call.kernel());
      stages.append("(item % ").append(call.items0()).append(", item / ").append(call.items0());
      stages.append(", ").append(call.items0()).append(", ").append(call.items1());
      call.arguments().forEach(a -> stages.append(", ").append(a));
      stages.append(");\n");
    }
    first.add(Integer.toString(chunks()));
    String more = String.join("", parameters.stream().map(p -> ",\n    " + p).toList());
    return """
        #line 1 "step"
        #define PHASES %d
        #define CHUNKS %d
        constant int FIRST[] = {%s};
        constant int FROM[] = {%s};
        constant int TO[] = {%s};
        SINGLE_ITEM kernel void training_steps(global int *tickets, global int *homes,
            int nth, int steps, global ulong *entries%s) {
          const int mine = claim(tickets, homes);
          CLOCK_STARTS;
          for (int step = 0; step < steps && begins(tickets, step); step++) {
            const int n = nth + step;
        %s    }
          }
        }
        """
        .formatted(
            phases.size(),
            chunks(),
            String.join(", ", first),
            String.join(", ", from),
            String.join(", ", to),
            more,
            stages);
  }
}
