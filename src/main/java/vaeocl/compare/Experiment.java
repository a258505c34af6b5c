package vaeocl.compare;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Runs that differ in their seeds alone.
 *
 * @param settings all but the seed
 */
public record Experiment(Map<String, String> settings, List<ComparedRun> runs) {
  /** The mean of a figure over the seeds. */
  public double mean(Quantity quantity) {
    return StatUtils.mean(values(quantity));
  }

  /** The standard deviation of a figure over the seeds, with n − 1; NaN of a single run. */
  public double deviation(Quantity quantity) {
    double[] values = values(quantity);
    return values.length > 1 ? Math.sqrt(StatUtils.variance(values)) : Double.NaN;
  }

  private double[] values(Quantity quantity) {
    return runs.stream().mapToDouble(quantity.value()).toArray();
  }

  /** "beta 0.5, latent 2": what of these settings tells it from others. */
  public String name(List<String> varied) {
    String name =
        varied.stream()
            .filter(settings::containsKey)
            .map(key -> key.replace('_', ' ') + " " + settings.get(key))
            .collect(Collectors.joining(", "));
    return name.isEmpty() ? "all" : name;
  }

  /** "37.66 ± 0.05". */
  public String text(Quantity quantity) {
    String mean = quantity.text(mean(quantity));
    double deviation = deviation(quantity);
    return Double.isFinite(deviation) ? mean + " ± " + quantity.text(deviation) : mean;
  }
}
