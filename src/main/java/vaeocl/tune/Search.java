package vaeocl.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import vaeocl.opencl.plan.Tiling;

/**
 * Looks for a tiling that is faster than the default one. Whoever is wrong, refused or too slow to
 * wait for is out; the fastest are measured once more in a net that was trained a little, and the
 * one that is faster than the default by more than noise, and right in every case of the check, is
 * found. Where there is none, the default is.
 */
public final class Search {
  /** The default is waited for, since nothing can be done without. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** Others may take so many times as long as the default did. */
  private static final int LONGER = 3;

  private static final int FINALISTS = 3;

  /** Share of a step's time by which a tiling must be faster, at the least. */
  private static final double LEAST_GAIN = 0.02;

  private final Tiling standard;
  private final Trials trials;
  private final Duration limit;
  private final Consumer<String> progress;
  private final Map<Trials.Depth, Duration> checking = new EnumMap<>(Trials.Depth.class);
  private final Map<Trials.Depth, Duration> timing = new EnumMap<>(Trials.Depth.class);
  private long standardBytes;

  /**
   * @param limit for a single question
   * @param progress hears lines
   */
  public Search(Tiling standard, Trials trials, Duration limit, Consumer<String> progress) {
    this.standard = standard;
    this.trials = trials;
    this.limit = limit;
    this.progress = progress;
  }

  /** A tiling that was measured. */
  public record Found(Tiling tiling, Timing timing) {}

  /**
   * Searches.
   *
   * @param others to be tried in place of the default
   * @param further to be tried in place of the best of them
   * @throws RejectedException if the default itself is
   */
  public Found run(List<Tiling> others, Function<Tiling, List<Tiling>> further)
      throws RejectedException {
    Found first = tryStandard();
    List<Found> found = new ArrayList<>(tryAll(others));
    Tiling best = found.isEmpty() ? standard : fastest(found).get(0).tiling();
    found.addAll(tryAll(further.apply(best)));
    List<Found> finalists = fastest(found);
    if (finalists.isEmpty()) {
      return first;
    }
    return decide(finalists);
  }

  private Found tryStandard() throws RejectedException {
    standardBytes = trials.build(standard, PATIENCE);
    long begin = System.nanoTime();
    trials.check(standard, Trials.Depth.FIRST, PATIENCE);
    checking.put(Trials.Depth.FIRST, since(begin));
    begin = System.nanoTime();
    Timing t = trials.time(standard, Trials.Depth.FIRST, PATIENCE);
    timing.put(Trials.Depth.FIRST, since(begin));
    say("default, %s: %.0f us a step", describe(standard), t.micros());
    return new Found(standard, t);
  }

  private List<Found> tryAll(List<Tiling> tilings) {
    List<Found> found = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < tilings.size(); i++) {
      Tiling tiling = tilings.get(i);
      String outcome;
      try {
        Timing t = tryOne(tiling);
        found.add(new Found(tiling, t));
        outcome = compared(t);
      } catch (RejectedException e) {
        outcome = "left out: " + e.getMessage();
      }
      long left = since(begin).toSeconds() * (tilings.size() - i - 1) / (i + 1);
      String clock = left == 0 ? "" : text(" (%d s left)", left);
      say("[%d/%d] %s: %s%s", i + 1, tilings.size(), describe(tiling), outcome, clock);
    }
    return found;
  }

  private Timing tryOne(Tiling tiling) throws RejectedException {
    long bytes = trials.build(tiling, limit);
    if (bytes > standardBytes) {
      throw new RejectedException(
          "keeps %d bytes in memory, the default %d".formatted(bytes, standardBytes));
    }
    trials.check(tiling, Trials.Depth.FIRST, limit(checking, Trials.Depth.FIRST));
    return trials.time(tiling, Trials.Depth.FIRST, limit(timing, Trials.Depth.FIRST));
  }

  private static List<Found> fastest(List<Found> found) {
    return found.stream()
        .sorted(Comparator.comparingDouble(f -> f.timing().ratio()))
        .limit(FINALISTS)
        .toList();
  }

  /** The finals: against the default, whose own repetition says what noise is. */
  private Found decide(List<Found> finalists) throws RejectedException {
    say("Once more, in a net that was trained a little:");
    long begin = System.nanoTime();
    Timing again = trials.time(standard, Trials.Depth.LAST, PATIENCE);
    timing.put(Trials.Depth.LAST, since(begin));
    double noise = Math.max(LEAST_GAIN, 2 * Math.abs(again.ratio() - 1));
    say("default: %.0f us a step, differs from itself by %s", again.micros(), share(again));
    List<Found> faster = new ArrayList<>();
    for (Found f : finalists) {
      try {
        Timing t = trials.time(f.tiling(), Trials.Depth.LAST, limit(timing, Trials.Depth.LAST));
        say("%s: %s", describe(f.tiling()), compared(t));
        if (t.fasterBy(noise)) {
          faster.add(new Found(f.tiling(), t));
        }
      } catch (RejectedException e) {
        say("%s: left out: %s", describe(f.tiling()), e.getMessage());
      }
    }
    for (Found f : fastest(faster)) {
      try {
        trials.check(f.tiling(), Trials.Depth.LAST, PATIENCE);
        return f;
      } catch (RejectedException e) {
        say("%s: left out: %s", describe(f.tiling()), e.getMessage());
      }
    }
    return new Found(standard, again);
  }

  private Duration limit(Map<Trials.Depth, Duration> standards, Trials.Depth depth) {
    Duration longer = standards.get(depth).multipliedBy(LONGER);
    return longer.compareTo(limit) > 0 ? longer : limit;
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** A tiling's sizes in words. */
  public static String describe(Tiling tiling) {
    return tiling.sizes().entrySet().stream()
        .filter(size -> size.getValue() != 0)
        .map(size -> size.getKey().replace('_', ' ') + " " + size.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String compared(Timing t) {
    return text(
        "%.0f us a step, %s %s than the default's %.0f, %d of %d times less",
        t.micros(),
        share(t),
        t.ratio() < 1 ? "less" : "more",
        t.othersMicros(),
        t.faster(),
        t.pairs());
  }

  private static String share(Timing t) {
    return text("%.1f%%", 100 * Math.abs(t.ratio() - 1));
  }

  private void say(String format, Object... values) {
    progress.accept(text(format, values));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
