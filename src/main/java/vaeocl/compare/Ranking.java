package vaeocl.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs beside each other, the best first: by the bound on images that were set aside where each run
 * has some, else on the test images, which is then said.
 *
 * @param validated whether test images had no part in the order
 */
public record Ranking(List<ComparedRun> runs, boolean validated) {
  /** Ranks runs of one data set; there is at least one. */
  public static Ranking of(List<ComparedRun> runs) {
    boolean validated = runs.stream().allMatch(r -> Double.isFinite(r.validation().negativeElbo()));
    Comparator<ComparedRun> order =
        Comparator.comparingDouble(
            r -> validated ? r.validation().negativeElbo() : r.test().negativeElbo());
    return new Ranking(runs.stream().sorted(order).toList(), validated);
  }

  /** What the order goes by. */
  public String criterion() {
    return validated
        ? "ranked by −ELBO of the validation images"
        : "ranked by −ELBO of the test images: chosen on test";
  }

  /** Keys of the settings in which runs differ. */
  public List<String> varied() {
    return keys(false);
  }

  /** Settings that all runs share. */
  public Map<String, String> shared() {
    Map<String, String> shared = new LinkedHashMap<>();
    keys(true).forEach(key -> shared.put(key, runs.get(0).texts().get(key)));
    return shared;
  }

  private List<String> keys(boolean same) {
    return runs.get(0).texts().keySet().stream()
        .filter(key -> same == (runs.stream().map(r -> r.texts().get(key)).distinct().count() == 1))
        .toList();
  }

  /** Figures that any run has, in the order of the tables. */
  public List<Quantity> quantities() {
    return Quantity.ALL.stream().filter(q -> q.in(runs)).toList();
  }

  /** The most important of them. */
  public List<Quantity> brief() {
    return quantities().stream().filter(Quantity::brief).toList();
  }

  /** Runs that differ in their seeds alone together, the best mean first. */
  public List<Experiment> experiments() {
    Map<Map<String, String>, List<ComparedRun>> groups =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    ComparedRun::experiment, LinkedHashMap::new, Collectors.toList()));
    List<Experiment> experiments = new ArrayList<>();
    groups.forEach((settings, members) -> experiments.add(new Experiment(settings, members)));
    Quantity first = quantities().get(0);
    experiments.sort(Comparator.comparingDouble(e -> e.mean(first)));
    return experiments;
  }

  /** What has to be known to read the figures, in sentences. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    if (runs.stream().map(r -> r.settings().likelihood()).distinct().count() > 1) {
      notices.add(
          "The likelihoods differ: their bounds are of different densities, and of grey Bernoulli"
              + " of none; compare PSNR and SSIM.");
    }
    long early = runs.stream().filter(r -> r.metrics().size() < r.planned()).count();
    if (early > 0) {
      notices.add(
          early + " of the runs have fewer epochs than planned: unfinished, or ended early.");
    }
    return notices;
  }
}
