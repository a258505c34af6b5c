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
        StepPhases.of(calls(), 2)
            .text(List.of("global float *p0", "global float *p1", "global ulong *p2"));
    assertEquals(
        """
        #line 1 "step"
        #define PHASES 4
        #define CHUNKS 11
        constant int FIRST[] = {0, 3, 6, 6, 7, 8, 9, 10, 11};
        constant int FROM[] = {0, 1, 2, 3, 4, 5, 0, 0, 1, 0, 1};
        constant int TO[] = {1, 2, 3, 4, 5, 6, 1, 1, 2, 1, 2};
        SINGLE_ITEM kernel void training_steps(global int *tickets, global int *homes,
            int nth, int steps, global ulong *entries,
            global float *p0,
            global float *p1,
            global ulong *p2) {
          const int mine = claim(tickets, homes);
          CLOCK_STARTS;
          for (int step = 0; step < steps && begins(tickets, step); step++) {
            const int n = nth + step;
            await(tickets, step * CHUNKS + 0);
            EACH_SHARE {
              EACH_ITEM(0) first(item % 3, item / 3, 3, 2, p0, p1, n, (int)5, 0x1.0p-1f);
            }
            await(tickets, step * CHUNKS + 6);
            EACH_SHARE {
              EACH_ITEM(1) left(item % 1, item / 1, 1, 1, p1, p2, n, (int)5, 0x1.0p-1f);
              EACH_ITEM(2) right(item % 2, item / 2, 2, 1, p1, p3, n, (int)5, 0x1.0p-1f);
            }
            await(tickets, step * CHUNKS + 9);
            EACH_SHARE {
              EACH_ITEM(3) last(item % 1, item / 1, 1, 2, p2, p4, n, (int)5, 0x1.0p-1f);
            }
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
  void sharesAreEvenAndTheirChunksHoldEveryItemOnceAndGetSmaller() {
    for (int groups : List.of(1, 2, 7, 64)) {
      for (int items : List.of(1, 2, 100, 6_272)) {
        StepPhases phases =
            StepPhases.of(List.of(call("k", Set.of("p0"), Set.of("p1"), items, 1)), groups);
        Phase phase = phases.phases().get(0);
        assertEquals(groups, phase.shares().size());
        int end = 0;
        int chunks = 0;
        for (List<Integer> bounds : phase.shares()) {
          String where = items + " items for " + groups + ": " + bounds;
          assertEquals(end, bounds.get(0), where);
          end = bounds.get(bounds.size() - 1);
          int share = end - bounds.get(0);
          assertTrue(share == items / groups || share == items / groups + 1, where);
          assertEquals(chunks, phase.first(phase.shares().indexOf(bounds)), where);
          chunks += bounds.size() - 1;
          int largest = Math.max(1, share / 2);
          for (int i = 1; i < bounds.size(); i++) {
            int size = bounds.get(i) - bounds.get(i - 1);
            assertTrue(size > 0 && size <= largest, where);
            largest = size;
          }
        }
        assertEquals(items, end);
        assertEquals(chunks, phases.chunks());
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
