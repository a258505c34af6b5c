package vaeocl.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;
import vaeocl.model.EpochLoss;
import vaeocl.model.EpochResult;
import vaeocl.model.Figures;

/** The parts of the page that are plain HTML. */
final class Sections {
  private static final Map<String, String> TITLES =
      Map.of("run", "Run", "dataset", "Data set", "tiling", "Kernels");

  private final Analysis run;
  private final Settings settings;
  private final List<EpochResult> metrics;

  Sections(Analysis run) {
    this.run = run;
    settings = run.settings();
    metrics = run.metrics();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private EpochResult last() {
    return metrics.get(metrics.size() - 1);
  }

  String title() {
    String figures =
        metrics.isEmpty()
            ? ""
            : format(", PSNR %.2f dB", last().sampled().psnr())
                + (last().sampled().hasSsim() ? ", SSIM " + last().sampled().ssimText(3) : "");
    return "vae-ocl: " + settings.dataset() + figures;
  }

  String heading() {
    return "Variational autoencoder on " + settings.dataset();
  }

  /** Size, length and device in a line. */
  String summary() {
    List<String> parts = new ArrayList<>();
    if (run.latent() > 0) {
      parts.add(run.latent() + (run.latent() == 1 ? " latent dimension" : " latent dimensions"));
    }
    if (!metrics.isEmpty()) {
      double training = metrics.stream().mapToDouble(r -> r.training().seconds()).sum();
      double evaluation = metrics.stream().mapToDouble(EpochResult::evaluationSeconds).sum();
      String epochs = metrics.size() == 1 ? "1 epoch" : metrics.size() + " epochs";
      parts.add(
          format("%s: %.1f s of training, %.1f s of evaluation", epochs, training, evaluation));
    }
    if (!settings.text("device.name").isEmpty()) {
      parts.add(settings.text("device.name"));
    }
    if (!settings.text("started").isEmpty()) {
      parts.add(settings.text("started"));
    }
    return String.join(" · ", parts);
  }

  /** The figures that people ask for first. */
  String headline() {
    if (metrics.isEmpty()) {
      return "";
    }
    EpochResult m = last();
    return "<dl class=\"headline\">\n"
        + figure("PSNR, sampled z", format("%.3f dB", m.sampled().psnr()))
        + figure("SSIM, sampled z", m.sampled().ssimText(4))
        + figure("PSNR, z = mu", format("%.3f dB", m.mean().psnr()))
        + figure("SSIM, z = mu", m.mean().ssimText(4))
        + figure("training loss", format("%.3f", m.training().loss()))
        + figure("KL", format("%.3f nats", m.training().kl()))
        + "</dl>\n<p class=\"quiet\">"
        + Html.escape(Reading.headline(m.sampled()))
        + "</p>";
  }

  private static String figure(String name, String value) {
    return "<div><dt>" + Html.escape(name) + "</dt><dd>" + Html.escape(value) + "</dd></div>\n";
  }

  String notices(List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    String items =
        lines.stream().map(l -> "<li>" + Html.escape(l) + "</li>").collect(Collectors.joining());
    return "<section class=\"notices\"><h2>Missing here</h2><ul>" + items + "</ul></section>";
  }

  /**
   * Empty places, which charts.js fills.
   *
   * @param live whether there will be curves, even if there are none yet
   */
  String charts(boolean live) {
    StringBuilder html = new StringBuilder();
    if (live || !metrics.isEmpty()) {
      html.append(chart("loss", "Training loss"));
      html.append(chart("kl", "KL divergence in training"));
      html.append(chart("psnr", "PSNR of the test set, dB"));
      if (metrics.isEmpty() || last().sampled().hasSsim()) {
        html.append(chart("ssim", "SSIM of the test set"));
      }
    }
    if (run.latents() != null && run.latents().kl() != null) {
      html.append(chart("dimensions", "KL divergence of each latent dimension"));
    }
    return html.isEmpty() ? "" : section("Curves", "<div class=\"charts\">" + html + "</div>");
  }

  private static String chart(String id, String title) {
    return format(
        "<figure><h3>%s</h3><div id=\"chart-%s\"></div><figcaption>%s</figcaption></figure>\n",
        Html.escape(title), id, Html.escape(Reading.chart(id)));
  }

  String pictures(List<Figure> figures) throws IOException {
    if (figures.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<div class=\"pictures\">");
    for (Figure figure : figures) {
      GreyImage image = figure.image(2);
      html.append(
          format(
              "<figure%s><h3>%s</h3><img alt=\"%s\" width=\"%d\" height=\"%d\""
                  + " src=\"data:image/png;base64,%s\"><figcaption>%s</figcaption></figure>\n",
              image.cols() > 2 * image.rows() ? " class=\"wide\"" : "",
              Html.escape(figure.title()),
              Html.escape(figure.title()),
              image.cols() / 2,
              image.rows() / 2,
              Packed.bytes(Png.encode(image).array()),
              Html.escape(figure.caption())));
    }
    return section("Pictures", html + "</div>");
  }

  String metrics() {
    if (metrics.isEmpty()) {
      return "";
    }
    StringBuilder html =
        new StringBuilder(
            """
            <div class="scroll" tabindex="0" role="region" aria-label="Figures of every epoch">
            <table class="metrics"><thead>
            <tr><th></th><th colspan="3">training</th><th colspan="3">test, sampled z</th>
            <th colspan="3">test, z = mu</th><th colspan="2">seconds</th></tr>
            <tr><th scope="col">epoch</th>\
            """);
    String columns = "loss,reconstruction,KL,MSE,PSNR,SSIM,MSE,PSNR,SSIM,training,evaluation";
    for (String column : columns.split(",", -1)) {
      html.append("<th scope=\"col\">").append(column).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
    for (EpochResult r : metrics) {
      EpochLoss t = r.training();
      html.append(format("<tr><td>%d</td><td>%.4f</td>", r.epoch(), t.loss()))
          .append(format("<td>%s</td><td>%.4f</td>", recon(t), t.kl()))
          .append(cells(r.sampled()))
          .append(cells(r.mean()))
          .append(format("<td>%.2f</td><td>%.2f</td>", t.seconds(), r.evaluationSeconds()))
          .append("</tr>\n");
    }
    return section("Figures", html + "</tbody></table></div>");
  }

  /** A weighed bound has no such part. */
  private static String recon(EpochLoss t) {
    return Double.isNaN(t.recon()) ? "–" : format("%.4f", t.recon());
  }

  private static String cells(Figures f) {
    return format("<td>%.5f</td><td>%.3f</td><td>%s</td>", f.mse(), f.psnr(), f.ssimText(4));
  }

  String repeat() {
    if (settings.text("epochs").isEmpty()) {
      return "";
    }
    String text =
        "<p>The same command on the same device, driver and build gives the same model, byte for"
            + " byte.</p><pre>";
    String command =
        Repeat.command(settings).stream()
            .map(group -> "<span>" + Html.escape(group) + "</span>")
            .collect(Collectors.joining(" "));
    return section("To repeat it", text + command + "</pre>");
  }

  String settings() {
    StringBuilder html = new StringBuilder("<div class=\"settings\">");
    boolean any = false;
    for (Map.Entry<String, Map<String, String>> section : settings.sections().entrySet()) {
      if (section.getValue().isEmpty()) {
        continue;
      }
      any = true;
      String name = section.getKey();
      String title = TITLES.getOrDefault(name, name);
      html.append("<div><h3>").append(Html.escape(capital(title))).append("</h3><table>\n");
      section
          .getValue()
          .forEach(
              (key, value) ->
                  html.append("<tr><th scope=\"row\">")
                      .append(Html.escape(key))
                      .append("</th><td>")
                      .append(Html.escape(value))
                      .append("</td></tr>\n"));
      html.append("</table></div>\n");
    }
    return any ? section("Configuration", html + "</div>") : "";
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String section(String title, String content) {
    return "<section><h2>" + Html.escape(title) + "</h2>" + content + "</section>";
  }
}
