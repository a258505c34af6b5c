package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vaeocl.lab.Collapse;
import vaeocl.lab.Collapse.Run;
import vaeocl.model.LatentUse;

/** collapse.html: what beta does to a code. */
public final class CollapsePage {
  private static final int BAR = 60;
  private static final int BARS_HEIGHT = 150;

  private final Collapse lab;

  private CollapsePage(Collapse lab) {
    this.lab = lab;
  }

  /** The page. */
  public static String of(Collapse lab, String dataset) throws IOException {
    return new CollapsePage(lab).html(dataset);
  }

  private String html(String dataset) throws IOException {
    CollapseStory story = new CollapseStory(lab);
    String summary =
        "%s · %d VAEs with %d latent dimensions, which differ in β alone · %s"
            .formatted(
                dataset,
                lab.runs().size(),
                lab.latent(),
                LabPage.count(lab.runs().get(0).epochs(), "epoch each", "epochs each"));
    String sections =
        LabPage.section("What your nets did", LabPage.story(story.summary()))
            + LabPage.section("Turn β", knob() + cards())
            + LabPage.section("All of them", LabPage.story(story.words()) + table() + charts());
    return LabPage.html(
        "How a VAE’s latent space collapses",
        summary,
        sections,
        new CollapseQuestions(lab).all(),
        data());
  }

  private String knob() {
    int last = lab.runs().size() - 1;
    return "<p class=\"quiet\">One net at a time, always with the same test images and the same"
        + " points of the prior. Bars are sorted: z of one net has nothing to do with z of"
        + " another.</p>"
        + "<label class=\"knob\"><span>β</span><input type=\"range\" min=\"0\" max=\""
        + last
        + "\" value=\""
        + last / 2
        + "\" step=\"1\" aria-label=\"beta\"><output></output></label>";
  }

  private String cards() throws IOException {
    StringBuilder html = new StringBuilder();
    double most = lab.runs().stream().mapToDouble(r -> max(r.use().kl())).max().orElseThrow();
    for (Run run : lab.runs()) {
      String beta = CollapseStory.number(run.beta());
      html.append("<article class=\"card\" data-active=\"").append(run.use().active());
      html.append("\"><h3>β = ").append(beta).append("</h3>");
      html.append(
          LabPage.headline(
              "dimensions in use",
              run.use().active() + " of " + lab.latent(),
              "rate (KL)",
              LabPage.text("%.2f nats", run.rate()),
              "the same in bits",
              LabPage.text("%.1f bits", run.rate() / Math.log(2)),
              "distortion (recon)",
              LabPage.text("%.2f", run.distortion())));
      html.append("<div>");
      strip(html, "Test images", lab.exhibit().originals(), beta);
      strip(html, "What the net makes of them, z = mu", run.reconstructions(), beta);
      strip(html, "Samples: z drawn from the prior N(0, 1)", run.samples(), beta);
      html.append("</div><figure>").append(bars(run.use(), most));
      html.append("<figcaption>KL of each dimension in nats, sorted. Dashed: inactive, its mu");
      html.append(" varies by less than 0.01 over the test images.</figcaption></figure>");
      Optional<String> collapse = run.use().collapse();
      collapse.ifPresent(
          line -> html.append("<p class=\"collapse-warning wide\">").append(said(line)));
      html.append(collapse.isPresent() ? "</p></article>\n" : "</article>\n");
    }
    return html.toString();
  }

  private static String said(String line) {
    return "The program says: " + Html.escape(line);
  }

  private void strip(StringBuilder html, String caption, byte[][] tiles, String beta)
      throws IOException {
    html.append("<figure>");
    String alt = caption + ", β = " + beta;
    html.append(LabPage.pictures(tiles, lab.exhibit().test(), tiles.length, 1, alt));
    html.append("<figcaption>").append(caption).append("</figcaption></figure>");
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** A bar a dimension, on a scale that all nets share. */
  private static String bars(LatentUse use, double most) {
    Integer[] order = new Integer[use.kl().length];
    Arrays.setAll(order, d -> d);
    Arrays.sort(order, (a, b) -> Double.compare(use.kl()[b], use.kl()[a]));
    StringBuilder svg = new StringBuilder();
    int width = BAR * order.length;
    svg.append("<svg class=\"bars\" viewBox=\"0 0 ").append(width).append(' ');
    svg.append(BARS_HEIGHT + 50).append("\" role=\"img\" aria-label=\"KL of each dimension\">");
    int base = BARS_HEIGHT + 24;
    for (int i = 0; i < order.length; i++) {
      int d = order[i];
      double height = Math.max(3, BARS_HEIGHT * use.kl()[d] / most);
      int middle = BAR * i + BAR / 2;
      svg.append(
          LabPage.text(
              "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
              use.isActive(d) ? "on" : "off",
              middle - BAR / 3,
              base - height,
              2 * BAR / 3,
              height));
      svg.append(
          LabPage.text(
              "<text class=\"value\" x=\"%d\" y=\"%.1f\">%.2f</text>",
              middle, base - height - 6, use.kl()[d]));
      svg.append(LabPage.text("<text x=\"%d\" y=\"%d\">z%d</text>", middle, base + 19, d + 1));
    }
    svg.append(LabPage.text("<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%1$d\"/>", base, width));
    return svg.append("</svg>").toString();
  }

  private String table() {
    boolean linear = lab.variances().length > 0;
    List<String> heads =
        new ArrayList<>(List.of("β", "in use", "rate, nats", "distortion", "loss"));
    if (linear) {
      heads.add("a linear net");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Run run : lab.runs()) {
      List<String> row = new ArrayList<>();
      row.add(CollapseStory.number(run.beta()));
      row.add(run.use().active() + " of " + lab.latent());
      row.add(LabPage.text("%.2f", run.rate()));
      row.add(LabPage.text("%.2f", run.distortion()));
      row.add(LabPage.text("%.2f", run.distortion() + run.beta() * run.rate()));
      if (linear) {
        row.add(lab.linear(run.beta()) + " of " + lab.latent());
      }
      rows.add(row);
    }
    return LabPage.table("Figures of every net", heads, rows);
  }

  private static String charts() {
    return "<div class=\"charts\">"
        + LabPage.chart("rate", "Rate", "Nats an image, over β on a logarithmic axis.")
        + LabPage.chart("active", "Dimensions in use", "Those whose mu varies by more than 0.01.")
        + LabPage.chart(
            "plane",
            "Rate and distortion",
            "Each mark is a net. Where the curve falls steeply, a nat is worth much: its slope is"
                + " −β.")
        + "</div>";
  }

  private ObjectNode data() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode charts = data.putArray("charts");
    double[] betas = lab.runs().stream().mapToDouble(Run::beta).toArray();
    double[] rates = lab.runs().stream().mapToDouble(Run::rate).toArray();
    double[] active = lab.runs().stream().mapToDouble(r -> r.use().active()).toArray();
    double[] distortions = lab.runs().stream().mapToDouble(Run::distortion).toArray();
    chart(charts, "rate", betas, rates, 2).put("log", true).put("xLabel", "β");
    chart(charts, "active", betas, active, 0).put("log", true).put("xLabel", "β");
    Integer[] order = new Integer[rates.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(rates[a], rates[b])); // uPlot's x has to rise
    double[] x = Arrays.stream(order).mapToDouble(i -> rates[i]).toArray();
    double[] y = Arrays.stream(order).mapToDouble(i -> distortions[i]).toArray();
    ObjectNode plane = chart(charts, "plane", x, y, 2).put("xLabel", "rate: KL in nats");
    ArrayNode names = plane.putArray("names");
    Arrays.stream(order).forEach(i -> names.add(CollapseStory.number(betas[i])));
    return data;
  }

  private static ObjectNode chart(ArrayNode charts, String id, double[] x, double[] y, int digits) {
    String label = id.equals("rate") ? "KL in nats" : id.equals("active") ? "in use" : "distortion";
    ObjectNode chart = charts.addObject().put("id", id).put("digits", digits).put("yLabel", label);
    ArrayNode xs = chart.putArray("x");
    ArrayNode ys = chart.putArray("y");
    ArrayNode names = chart.putArray("names");
    for (int i = 0; i < x.length; i++) {
      xs.add(x[i]);
      ys.add(y[i]);
      names.add(CollapseStory.number(x[i]));
    }
    return chart;
  }
}
