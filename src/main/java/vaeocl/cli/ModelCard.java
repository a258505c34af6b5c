package vaeocl.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vaeocl.formats.Yaml;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;
import vaeocl.model.SavedModel;

/**
 * The README.md of a model on a hub: a head of YAML for machines, and text for people.
 *
 * @param name of the model, any text
 * @param figures of the test images after the model's last epoch; null where they are not known
 * @param testImages how many those were
 * @param page whether report.html lies beside it
 */
record ModelCard(String name, SavedModel model, EpochResult figures, int testImages, boolean page) {
  private static final String LIBRARY = "vae-ocl";

  /** What the hub calls the data sets that it has. */
  private static final Map<String, String> ON_HUB =
      Map.of("mnist", "ylecun/mnist", "fashion-mnist", "zalando-datasets/fashion_mnist");

  /** A line of the head of every card. */
  static final String MARK = Yaml.text(Map.of("library_name", LIBRARY)).strip();

  private static final int DIGITS = 6;

  private String dataset() {
    return model.metadata().getOrDefault("dataset", "unknown");
  }

  /** The whole file. */
  String text() {
    return "---\n" + Yaml.text(head()) + "---\n\n" + body();
  }

  private Map<String, Object> head() {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("library_name", LIBRARY);
    head.put("license", "apache-2.0");
    head.put("tags", List.of("vae", "variational-autoencoder", "opencl", "pytorch"));
    if (ON_HUB.containsKey(dataset())) {
      head.put("datasets", List.of(ON_HUB.get(dataset())));
    }
    if (figures != null) {
      head.put("metrics", List.of("mse", "psnr", "ssim"));
      head.put("model-index", List.of(Map.of("name", name, "results", List.of(result()))));
    }
    return head;
  }

  private Map<String, Object> result() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", ordered("type", "image-to-image", "name", "Image reconstruction"));
    String type = ON_HUB.getOrDefault(dataset(), dataset());
    result.put("dataset", ordered("type", type, "name", dataset(), "split", "test"));
    List<Object> metrics = new ArrayList<>();
    add(metrics, "sampled z", figures.sampled());
    add(metrics, "mean z", figures.mean());
    result.put("metrics", metrics);
    return result;
  }

  private static void add(List<Object> metrics, String z, Figures f) {
    metric(metrics, "mse", "MSE, " + z, f.mse());
    metric(metrics, "psnr", "PSNR in dB, " + z, f.psnr());
    metric(metrics, "ssim", "SSIM, " + z, f.ssim());
  }

  private static void metric(List<Object> metrics, String type, String label, double value) {
    if (Double.isFinite(value)) { // small images have no SSIM
      metrics.add(ordered("type", type, "name", label, "value", rounded(value)));
    }
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value, new MathContext(DIGITS)).stripTrailingZeros();
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return map;
  }

  private String body() {
    String widths =
        model.config().hidden().stream().map(String::valueOf).collect(Collectors.joining("-"));
    StringBuilder text = new StringBuilder("# " + plain(name) + "\n\n");
    line(text, "A variational autoencoder of %dx%d images", model.height(), model.width());
    line(text, "(hidden layers %s, latent size %d),", widths, model.config().latent());
    line(text, "trained with vae-ocl on %s. Its settings are in config.json.", plain(dataset()));
    if (page) {
      text.append("Curves, pictures and the latent space to explore: report.html.\n");
    }
    if (figures != null) {
      line(text, "\n## Figures\n\n%d test images, epoch %d:\n", testImages, figures.epoch());
      text.append("| z | MSE | PSNR | SSIM |\n|---|---|---|---|\n");
      row(text, "sampled", figures.sampled());
      row(text, "mean", figures.mean());
    }
    text.append("\n## In PyTorch\n\n```python\n").append(TorchCode.of(model)).append("```\n");
    text.append("\nLicence: the head names vae-ocl's own; put yours there before publishing.\n");
    return text.toString();
  }

  private static void row(StringBuilder text, String z, Figures f) {
    line(text, "| %s | %.5f | %.3f | %s |", z, f.mse(), f.psnr(), f.ssimText(3));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** A text that is no Markdown and no HTML, whatever it holds, in one line. */
  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ")
        .replaceAll("[!-/:-@\\[-`{-~]", "\\\\$0");
  }
}
