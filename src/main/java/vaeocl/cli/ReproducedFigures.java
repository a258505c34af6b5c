package vaeocl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.math3.stat.StatUtils;
import vaeocl.model.Preset;
import vaeocl.model.Publication;
import vaeocl.model.Publication.Figure;
import vaeocl.model.Publication.Quantity;
import vaeocl.model.TextValue;

/** Figures that were obtained beside those that were published. */
final class ReproducedFigures {
  private static final String MNIST = "mnist";

  private final Table table =
      new Table(
          "Setting",
          "Quantity",
          ">Obtained",
          ">Published",
          "Unit",
          ">Epochs",
          ">Published after",
          ">Seeds",
          ">Training",
          "Source");

  private final List<Map<String, Object>> objects = new ArrayList<>();
  private final TreeSet<String> images = new TreeSet<>();
  private final TreeSet<String> notes = new TreeSet<>();

  /**
   * Adds the figures of one setting.
   *
   * @param outcomes one for each seed
   */
  void add(
      Preset preset, Publication publication, int epochs, List<Reproduction.Outcome> outcomes) {
    double seconds = outcomes.stream().mapToDouble(Reproduction.Outcome::seconds).sum();
    String dataset = outcomes.get(0).values().path("dataset").asText();
    images.add(dataset);
    for (Figure figure : publication.figures()) {
      Quantity quantity = figure.quantity();
      double[] values =
          outcomes.stream().mapToDouble(o -> quantity.of(value(o, quantity.key()))).toArray();
      double mean = StatUtils.mean(values);
      double spread = spread(quantity, values, outcomes.get(0));
      table.row(
          Reproduction.setting(preset, publication),
          quantity.symbol(),
          text(quantity, mean) + (Double.isNaN(spread) ? "" : " ± " + text(quantity, spread)),
          Double.toString(figure.value()),
          quantity.unit(),
          Integer.toString(epochs),
          Integer.toString(publication.epochs()),
          Integer.toString(values.length),
          String.format(Locale.ROOT, "%.0f s", seconds),
          publication.source());
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("preset", TextValue.print(preset));
      object.put("training", publication.name());
      object.put("quantity", TextValue.print(quantity));
      object.put("obtained", mean);
      object.put("spread", Double.isNaN(spread) ? null : (Object) spread);
      object.put("published", figure.value());
      object.put("unit", quantity.unit());
      object.put("epochs", epochs);
      object.put("published_epochs", publication.epochs());
      object.put("seeds", values.length);
      object.put("iw_samples", publication.samples());
      object.put("training_seconds", seconds);
      object.put("dataset", dataset);
      object.put("source", publication.source());
      objects.add(object);
    }
  }

  private static double value(Reproduction.Outcome outcome, String key) {
    JsonNode value = outcome.values().path(key);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  /** How far the mean may be by chance; NaN where one training does not tell. */
  private double spread(Quantity quantity, double[] values, Reproduction.Outcome first) {
    if (values.length > 1) {
      notes.add("±: the standard deviation of a training, over its seeds");
      return Math.sqrt(StatUtils.variance(values));
    }
    if (quantity == Quantity.NEGATIVE_LOG_LIKELIHOOD) {
      notes.add("±: the standard error by the chance of the weighed samples");
      return value(first, "iw_standard_error");
    }
    return Double.NaN;
  }

  private static String text(Quantity quantity, double value) {
    return String.format(Locale.ROOT, "%." + quantity.decimals() + "f", value);
  }

  /** Prints a table. */
  void print(PrintWriter out) {
    table.lines().forEach(out::println);
    notes.forEach(out::println);
    String others =
        images.equals(new TreeSet<>(List.of(MNIST))) ? "" : "; the published are MNIST's";
    out.println("Images: " + String.join(", ", images) + others);
    out.flush();
  }

  /** Prints an object for each figure, a line each. */
  void printJson(PrintWriter out, PrintWriter err) {
    objects.forEach(object -> out.println(Json.line(object, err)));
    out.flush();
  }
}
