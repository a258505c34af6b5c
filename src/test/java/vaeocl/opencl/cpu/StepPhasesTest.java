package vaeocl.opencl.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vaeocl.opencl.cpu.StepPhases.Call;
import vaeocl.opencl.cpu.StepPhases.Phase;

/** How the launches of a step become phases of one. Needs no device. */
class StepPhasesTest {
  private static Call call(String kernel, Set<String> reads, Set<String> writes, int... items) {
    List<String> arguments =
        List.of(String.join("", reads), String.join("", writes), "n", "(int)5", "0x1.0p-1f");
    return new Call(kernel, arguments, reads, writes, items[0], items[1]);
  }

  /** b from a, then c and d both from b, then e from c. */
  private static List<Call> calls() {
    return List.of(
        call("first", Set.of("p0"), Set.of("p1"), 3, 2),
        call("left", Set.of("p1"), Set.of("p2"), 1, 1),
        call("right", Set.of("p1"), Set.of("p3"), 2, 1),
        call("last", Set.of("p2"), Set.of("p4"), 1, 2));
  }

  @Test
  void textIsAKernelWithEveryNumberAsAConstant() {
    String text =
        StepPhases.of(calls(), 1)
            .text(List.of("global float *p0", "global float *p1", "global ulong *p2"));
    assertEquals(
        """
        #line 1 "step"
        constant int FROM[] = {0, 3, 4, 5, 0, 0, 1, 0, 1};
        constant int TO[] = {3, 4, 5, 6, 1, 1, 2, 1, 2};
        constant int AFTER[] = {0, 0, 0, 0, 4, 4, 4, 7, 7};
        SINGLE_ITEM kernel void training_steps(global int *tickets, int nth, int steps,
            global ulong *entries,
            global float *p0,
            global float *p1,
            global ulong *p2) {
          int done = 0, begun = 0;
          for (int t = take(tickets); t < steps * 9; t = take(tickets)) {
            const int chunk = t % 9, n = nth + t / 9;
            if (n - nth >= begun && !begins(tickets, chunk, n - nth)) break;
            begun = n - nth + 1;
            CLOCK(0);
            if (t - chunk + AFTER[chunk] > done)
              await(tickets, done = t - chunk + AFTER[chunk]);
            CLOCK(1);
            if (chunk < 4)
              for (int i = FROM[chunk]; i < TO[chunk]; i++)
                first(i % 3, i / 3, 3, 2, p0, p1, n, (int)5, 0x1.0p-1f);
            else if (chunk < 5)
              for (int i = FROM[chunk]; i < TO[chunk]; i++)
                left(i % 1, i / 1, 1, 1, p1, p2, n, (int)5, 0x1.0p-1f);
            else if (chunk < 7)
              for (int i = FROM[chunk]; i < TO[chunk]; i++)
                right(i % 2, i / 2, 2, 1, p1, p3, n, (int)5, 0x1.0p-1f);
            else if (chunk < 9)
              for (int i = FROM[chunk]; i < TO[chunk]; i++)
                last(i % 1, i / 1, 1, 2, p2, p4, n, (int)5, 0x1.0p-1f);
            finish(tickets);
            CLOCK(2);
            NOTE_GROUP;
          }
        }
        """,
        text);
  }

  /** Waits are for chunks of the step: its own first phase, or all before the one it depends on. */
  @Test
  void onlyWhatDependsWaits() {
    List<Phase> phases = StepPhases.of(calls(), 1).phases();
    assertEquals(0, phases.get(0).after());
    assertEquals(phases.get(0).end(), phases.get(1).after(), "reads what the first writes");
    assertEquals(phases.get(1).after(), phases.get(2).after(), "independent of its neighbour");
    assertEquals(phases.get(2).end(), phases.get(3).after(), "reads what the second writes");
  }

  @Test
  void whatOverwritesWaitsForReadersAndWriters() {
    Call reader = call("reader", Set.of("p0"), Set.of("p1"), 1, 1);
    Call overwrites = call("overwrites", Set.of("p2"), Set.of("p0"), 1, 1);
    Call again = call("again", Set.of("p2"), Set.of("p0"), 1, 1);
    List<Phase> phases = StepPhases.of(List.of(reader, overwrites, again), 1).phases();
    assertEquals(List.of(0, 1, 2), phases.stream().map(Phase::after).toList());
  }

  @Test
  void whatWasWaitedForIsForgotten() {
    // The third overwrites what the first reads, but starts no sooner than the second.
    Call first = call("first", Set.of("p0"), Set.of("p1"), 1, 1);
    Call second = call("second", Set.of("p1"), Set.of("p2"), 1, 1);
    Call third = call("third", Set.of("p3"), Set.of("p0"), 1, 1);
    List<Phase> phases = StepPhases.of(List.of(first, second, third), 1).phases();
    assertEquals(List.of(0, 1, 1), phases.stream().map(Phase::after).toList());
  }

  @Test
  void chunksHoldEveryItemOnceAndGetSmaller() {
    for (int groups : List.of(1, 2, 7, 64)) {
      for (int items : List.of(1, 2, 100, 6_272)) {
        StepPhases phases =
            StepPhases.of(List.of(call("k", Set.of("p0"), Set.of("p1"), items, 1)), groups);
        List<Integer> bounds = phases.phases().get(0).bounds();
        String where = items + " items for " + groups + ": " + bounds;
        assertEquals(0, bounds.get(0), where);
        assertEquals(items, bounds.get(bounds.size() - 1), where);
        assertEquals(bounds.size() - 1, phases.chunks(), where);
        int before = items;
        for (int i = 1; i < bounds.size(); i++) {
          int size = bounds.get(i) - bounds.get(i - 1);
          assertTrue(size > 0 && size <= before, where);
          before = size;
        }
        int largest = Math.max(1, items / (2 * groups));
        assertTrue(bounds.get(1) <= largest, "each has a share: " + where);
      }
    }
  }

  @Test
  void everyChunkBelongsToItsPhase() {
    StepPhases phases = StepPhases.of(calls(), 1);
    List<Integer> found = new ArrayList<>();
    for (int chunk = 0; chunk < phases.chunks(); chunk++) {
      found.add(phases.phaseOf(chunk));
    }
    assertEquals(List.of(0, 0, 0, 0, 1, 2, 2, 3, 3), found);
  }
}
