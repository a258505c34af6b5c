package vaeocl.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vaeocl.opencl.cpu.CpuTiling;
import vaeocl.opencl.plan.Tiling;

/** Who wins, by trials that are made up. */
class SearchTest {
  private static final CpuTiling STANDARD = new CpuTiling(8, 16, 16, true);
  private static final List<Tiling> OTHERS = STANDARD.otherTiles();

  /** A tiling's fate; what is not said is that of one as fast as the default. */
  private static final class Fate implements Trials {
    private final Map<Tiling, Double> ratios = new HashMap<>();
    private final Map<Tiling, Double> lastRatios = new HashMap<>();
    private final Map<Tiling, Depth> wrong = new HashMap<>();
    private final Map<Tiling, Long> bytes = new HashMap<>();
    private int fasterOfFour = 4;

    @Override
    public long build(Tiling tiling, Duration limit) {
      return bytes.getOrDefault(tiling, 64L);
    }

    @Override
    public void check(Tiling tiling, Depth depth, Duration limit) throws RejectedException {
      if (wrong.get(tiling) == depth) {
        throw new RejectedException("wrong: planted");
      }
    }

    @Override
    public Timing time(Tiling tiling, Depth depth, Duration limit) {
      double first = ratios.getOrDefault(tiling, 1.0);
      double ratio = depth == Depth.FIRST ? first : lastRatios.getOrDefault(tiling, first);
      return new Timing(ratio, ratio < 1 ? fasterOfFour : 0, 4, 100 * ratio, 100);
    }
  }

  private final Fate fate = new Fate();
  private final List<String> lines = new ArrayList<>();

  private Tiling found() throws RejectedException {
    Search search = new Search(STANDARD, fate, Duration.ofSeconds(1), lines::add);
    return search.run(OTHERS, best -> List.of()).tiling();
  }

  @Test
  void theFastestWins() throws RejectedException {
    fate.ratios.put(OTHERS.get(0), 0.9);
    fate.ratios.put(OTHERS.get(2), 0.8);
    assertEquals(OTHERS.get(2), found());
    assertTrue(lines.get(1).startsWith("[1/4] rows 4, panel 32"), lines.toString());
    assertTrue(
        lines.get(1).contains("90 us a step, 10.0% less than the default's 100, 4 of 4"),
        lines.toString());
  }

  @Test
  void theDefaultWinsTies() throws RejectedException {
    OTHERS.forEach(t -> fate.ratios.put(t, 0.99));
    assertEquals(STANDARD, found());
  }

  @Test
  void whoIsFasterNowAndThenIsNoFaster() throws RejectedException {
    fate.ratios.put(OTHERS.get(1), 0.5);
    fate.fasterOfFour = 2;
    assertEquals(STANDARD, found());
  }

  @Test
  void aLeadWithinWhatTheDefaultDiffersFromItselfIsNoise() throws RejectedException {
    fate.ratios.put(OTHERS.get(1), 0.9);
    fate.lastRatios.put(STANDARD, 1.06);
    assertEquals(STANDARD, found());
  }

  @Test
  void theFinalsDecide() throws RejectedException {
    fate.ratios.put(OTHERS.get(0), 0.7);
    fate.lastRatios.put(OTHERS.get(0), 1.1);
    fate.ratios.put(OTHERS.get(3), 0.9);
    assertEquals(OTHERS.get(3), found());
  }

  @Test
  void aWrongOneIsOutHoweverFast() throws RejectedException {
    fate.ratios.put(OTHERS.get(0), 0.2);
    fate.wrong.put(OTHERS.get(0), Trials.Depth.FIRST);
    fate.ratios.put(OTHERS.get(1), 0.3);
    fate.wrong.put(OTHERS.get(1), Trials.Depth.LAST);
    fate.ratios.put(OTHERS.get(2), 0.9);
    assertEquals(OTHERS.get(2), found());
    assertTrue(lines.get(1).contains("left out: wrong: planted"), lines.toString());
  }

  @Test
  void whoSpillsRegistersIsNotRun() throws RejectedException {
    fate.bytes.put(OTHERS.get(0), 65L);
    fate.ratios.put(OTHERS.get(0), 0.2);
    assertEquals(STANDARD, found());
    assertTrue(lines.get(1).contains("keeps 65 bytes in memory, the default 64"), lines.get(1));
  }

  @Test
  void theBestIsTriedInOtherWaysToo() throws RejectedException {
    fate.ratios.put(OTHERS.get(1), 0.9);
    Tiling further = new CpuTiling(8, 16, 1, true);
    fate.ratios.put(further, 0.7);
    Search search = new Search(STANDARD, fate, Duration.ofSeconds(1), lines::add);
    List<Tiling> asked = new ArrayList<>();
    Search.Found found =
        search.run(
            OTHERS,
            best -> {
              asked.add(best);
              return List.of(further);
            });
    assertEquals(List.of(OTHERS.get(1)), asked);
    assertEquals(further, found.tiling());
  }

  @Test
  void withoutADefaultThereIsNothingToFind() {
    fate.wrong.put(STANDARD, Trials.Depth.FIRST);
    assertThrows(RejectedException.class, this::found);
  }
}
