package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static final int MOST = 40;

  @Test
  void asManyAsMayBeAreKeptAndTheyLieEvenly() {
    Thinning thinning = new Thinning(MOST);
    for (int epoch = 0; epoch <= 3000; epoch++) {
      int slot = thinning.slot(epoch);
      assertTrue(slot >= 0 && slot < MOST, "slot " + slot);
      List<Integer> kept = thinning.kept();
      assertEquals(Math.min(epoch + 1, MOST), kept.size(), "frames after epoch " + epoch);
      assertEquals(0, kept.get(0));
      assertEquals(epoch, kept.get(kept.size() - 1));
      if (epoch < MOST) {
        assertEquals(IntStream.rangeClosed(0, epoch).boxed().toList(), kept);
      }
      List<Integer> gaps = new ArrayList<>();
      for (int i = 1; i < kept.size() - 1; i++) { // the last one grows
        gaps.add(kept.get(i) - kept.get(i - 1));
      }
      if (!gaps.isEmpty()) {
        int most = Collections.max(gaps);
        assertTrue(most <= 2 * Collections.min(gaps), epoch + ": " + gaps);
        assertTrue(epoch - kept.get(kept.size() - 2) <= most, epoch + ": " + kept);
      }
    }
  }

  @Test
  void wideAndNarrowGapsAreMixed() {
    Thinning thinning = new Thinning(MOST);
    thinning.slot(60);
    List<Integer> kept = thinning.kept();
    // Of 61 epochs two in three are kept, in every third of the run.
    for (int third = 0; third < 3; third++) {
      int from = 20 * third;
      long count = kept.stream().filter(e -> e >= from && e < from + 20).count();
      assertTrue(count >= 11 && count <= 15, count + " of epochs " + from + " to " + (from + 19));
    }
  }

  @Test
  void aSlotFollowsFromTheEpochAlone() {
    int[] slots = new int[500];
    Thinning whole = new Thinning(MOST);
    for (int epoch = 0; epoch < slots.length; epoch++) {
      slots[epoch] = whole.slot(epoch);
    }
    for (int begin : new int[] {1, 39, 40, 41, 200}) {
      Thinning resumed = new Thinning(MOST);
      for (int epoch = begin; epoch < slots.length; epoch++) {
        assertEquals(slots[epoch], resumed.slot(epoch), "epoch " + epoch + " from " + begin);
      }
    }
  }
}
