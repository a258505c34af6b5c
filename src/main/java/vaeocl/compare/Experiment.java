package vaeocl.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs that differ in their seeds alone.
 *
 * @param settings all but the seed
 */
public record Experiment(Map<String, String> settings, List<ComparedRun> runs) {
  /** The mean of a figure over the seeds. */
  public double mean(Quantity quantity) {
    return Arrays.stream(values(quantity)).average().orElse(Double.NaN);
  }

  /** The standard deviation of a figure over the seeds, with n − 1; NaN of a single run. */
  public double deviation(Quantity quantity) {
    double mean = mean(quantity);
    double[] values = values(quantity);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
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
