package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vaeocl.compare.ComparedRun;
import vaeocl.compare.Exhibit;
import vaeocl.compare.Experiment;
import vaeocl.compare.Quantity;
import vaeocl.compare.Ranking;
import vaeocl.data.Images;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;

/** compare.html: runs beside each other, in one file that needs nothing beside itself. */
public final class ComparePage {
  private static final String HERE = "/vaeocl/report/";

  /** Points that a tile is wide. */
  private static final int TILE = 36;

  private final Ranking ranking;
  private final Exhibit exhibit;
  private final List<Experiment> experiments;

  private ComparePage(Ranking ranking, Exhibit exhibit) {
    this.ranking = ranking;
    this.exhibit = exhibit;
    experiments = ranking.experiments();
  }

  /** The page. */
  public static String of(Ranking ranking, Exhibit exhibit, String dataset) throws IOException {
    return new ComparePage(ranking, exhibit).html(dataset);
  }

  private String html(String dataset) throws IOException {
    String style = Html.resource(Page.UPLOT + "dist/uPlot.min.css");
    style += Html.resource(HERE + "report.css") + Html.resource(HERE + "compare.css");
    List<String> scripts = Page.scripts("page", "compare");
    StringWriter json = new StringWriter();
    Html.json(data(), json);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("title", Html.escape(ranking.runs().size() + " runs on " + dataset));
    values.put("summary", Html.escape(capital(ranking.criterion())));
    values.put("style", style);
    values.put("scripts", Page.elements(scripts));
    values.put("policy", Page.policy(style, scripts, false));
    values.put("notices", notices());
    values.put("runs", runs());
    values.put("experiments", experiments());
    values.put("pictures", pictures());
    values.put("settings", settings());
    values.put("data", json.toString());
    return Html.fill(Html.resource(HERE + "compare.html"), values);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private ObjectNode data() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode nodes = data.putArray("runs");
    for (ComparedRun run : ranking.runs()) {
      ObjectNode node = nodes.addObject().put("name", run.name());
      node.put("color", color(run)).put("rate", run.test().kl());
      node.put("distortion", run.test().recon());
      EpochJson.add(run.metrics(), node.putArray("metrics"));
    }
    return data;
  }

  /** Runs that differ in their seeds alone have one colour. */
  private String color(ComparedRun run) {
    int index = 0;
    while (!experiments.get(index).runs().contains(run)) {
      index++;
    }
    return Palette.css(Palette.of(index));
  }

  private String notices() {
    return ranking.notices().stream()
        .map(line -> "<p>" + Html.escape(line) + "</p>")
        .collect(Collectors.joining());
  }

  private String runs() {
    List<String> heads = new ArrayList<>(List.of("", "run"));
    ranking.varied().forEach(key -> heads.add(key.replace('_', ' ')));
    heads.add("epoch");
    ranking.quantities().forEach(q -> heads.add(q.title()));
    StringBuilder rows = new StringBuilder();
    int rank = 0;
    for (ComparedRun run : ranking.runs()) {
      List<String> cells = new ArrayList<>();
      ranking.varied().forEach(key -> cells.add(run.texts().get(key)));
      cells.add(Integer.toString(run.epoch()));
      ranking.quantities().forEach(q -> cells.add(q.text(run)));
      String first = "<td>" + ++rank + "</td><th scope=\"row\">" + marked(run) + "</th>";
      rows.append("<tr>").append(first).append(cells(cells)).append("</tr>\n");
    }
    return table("runs", "Figures of every run", heads, rows.toString());
  }

  private String marked(ComparedRun run) {
    // A style of its own would need a hash in the policy; SVG's attributes are none.
    return "<svg class=\"dot\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><circle cx=\"5\" cy=\"5\" r=\"5\""
        + " fill=\"%s\"/></svg>%s".formatted(color(run), Html.escape(run.name()));
  }

  private String experiments() {
    if (experiments.size() == ranking.runs().size()) {
      return "";
    }
    List<String> heads = new ArrayList<>(List.of("settings", "seeds"));
    ranking.quantities().forEach(q -> heads.add(q.title()));
    StringBuilder rows = new StringBuilder();
    for (Experiment experiment : experiments) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(experiment.runs().size())));
      for (Quantity q : ranking.quantities()) {
        cells.add(experiment.text(q));
      }
      rows.append("<tr><th scope=\"row\">")
          .append(Html.escape(experiment.name(ranking.varied())))
          .append("</th>")
          .append(cells(cells))
          .append("</tr>\n");
    }
    return "<section><h2>Over seeds</h2><p class=\"quiet\">Mean ± standard deviation of runs that"
        + " differ in their seeds alone.</p>"
        + table("seeds", "Figures over seeds", heads, rows.toString())
        + "</section>";
  }

  private static String cells(List<String> cells) {
    return cells.stream()
        .map(cell -> "<td>" + Html.escape(cell) + "</td>")
        .collect(Collectors.joining());
  }

  private static String table(String kind, String label, List<String> heads, String rows) {
    String head =
        heads.stream()
            .map(h -> "<th scope=\"col\">" + Html.escape(h) + "</th>")
            .collect(Collectors.joining());
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\""
        + label
        + "\"><table class=\"metrics "
        + kind
        + "\"><thead><tr>"
        + head
        + "</tr></thead><tbody>\n"
        + rows
        + "</tbody></table></div>";
  }

  private String pictures() throws IOException {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"strips\">\n");
    html.append("<thead><tr><th scope=\"col\"></th><th scope=\"col\">test images, z = mu</th>");
    html.append("<th scope=\"col\">points of the prior</th></tr></thead><tbody>\n");
    html.append("<tr><th scope=\"row\">test images</th><td>")
        .append(strip(exhibit.originals(), "Test images"))
        .append("</td><td></td></tr>\n");
    for (ComparedRun run : ranking.runs()) {
      html.append("<tr><th scope=\"row\">")
          .append(marked(run))
          .append("</th><td>")
          .append(strip(run.reconstructions(), "Reconstructions by " + run.name()))
          .append("</td><td>")
          .append(strip(run.samples(), "Samples of " + run.name()))
          .append("</td></tr>\n");
    }
    return html.append("</tbody></table></div>").toString();
  }

  private String strip(byte[][] tiles, String alt) throws IOException {
    Images test = exhibit.test();
    GreyImage image =
        new Figure(
                "",
                "",
                "",
                List.of(),
                tiles,
                tiles.length,
                test.rows(),
                test.cols(),
                TILE,
                1,
                false,
                0)
            .image(2);
    return String.format(
        Locale.ROOT,
        "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/png;base64,%s\">",
        Html.escape(alt),
        image.cols() / 2,
        image.rows() / 2,
        Packed.bytes(Png.encode(image).array()));
  }

  private String settings() {
    return ranking.shared().entrySet().stream()
        .map(
            e ->
                "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
                    .formatted(
                        Html.escape(e.getKey().replace('_', ' ')), Html.escape(e.getValue())))
        .collect(Collectors.joining("", "<table>\n", "</table>"));
  }
}
