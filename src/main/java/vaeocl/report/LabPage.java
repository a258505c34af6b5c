package vaeocl.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vaeocl.data.Images;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;
import vaeocl.formats.Sheet;

/** What the pages of all labs are made of. Sentences are HTML already. */
final class LabPage {
  private static final String HERE = "/vaeocl/report/";

  /** Pixels that a picture is to have at least, to be looked at. */
  private static final int TILE = 56;

  /** The grey between pictures. */
  private static final int GAP = 140;

  /** A question, and its answer in sentences. */
  record Question(String asked, List<String> answer) {}

  private LabPage() {}

  /** A page. */
  static String html(
      String title, String summary, String sections, List<Question> questions, ObjectNode data)
      throws IOException {
    String style = Html.resource(Page.UPLOT + "dist/uPlot.min.css");
    style += Html.resource(HERE + "report.css") + Html.resource(HERE + "lab.css");
    List<String> scripts = Page.scripts("page", "lab");
    StringWriter json = new StringWriter();
    Html.json(data, json);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("title", Html.escape(title));
    values.put("summary", Html.escape(summary));
    values.put("style", style);
    values.put("scripts", Page.elements(scripts));
    values.put("policy", Page.policy(style, scripts, false));
    values.put("sections", sections);
    values.put(
        "questions", questions.stream().map(LabPage::question).collect(Collectors.joining()));
    values.put("data", json.toString());
    return Html.fill(Html.resource(HERE + "lab.html"), values);
  }

  private static String question(Question q) {
    return "<details><summary>"
        + q.asked()
        + "</summary>"
        + paragraphs(q.answer())
        + "</details>\n";
  }

  /** Numbers in a sentence. */
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** One or several of something. */
  static String count(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  static String section(String heading, String html) {
    return "<section><h2>" + heading + "</h2>" + html + "</section>\n";
  }

  /** Paragraphs, of which one that begins with '&lt;' is an element itself. */
  static String paragraphs(List<String> lines) {
    return lines.stream()
        .map(l -> l.startsWith("<") ? l : "<p>" + l + "</p>")
        .collect(Collectors.joining("\n"));
  }

  /** Text to be read as one. */
  static String story(List<String> lines) {
    return "<div class=\"story\">" + paragraphs(lines) + "</div>";
  }

  /** A formula on a line of its own. */
  static String formula(String html) {
    return "<p class=\"formula\">" + html + "</p>";
  }

  /** A table, the first column of which names its rows. */
  static String table(String label, List<String> heads, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    html.append(" aria-label=\"").append(label).append("\"><table class=\"metrics\"><thead><tr>");
    heads.forEach(h -> html.append("<th scope=\"col\">").append(h).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
      row.stream().skip(1).forEach(c -> html.append("<td>").append(c).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>").toString();
  }

  /** Figures to be seen first: a name and a value each, by turns. */
  static String headline(String... pairs) {
    StringBuilder html = new StringBuilder("<dl class=\"headline\">");
    for (int i = 0; i < pairs.length; i += 2) {
      html.append("<div><dt>").append(pairs[i]).append("</dt><dd>").append(pairs[i + 1]);
      html.append("</dd></div>");
    }
    return html.append("</dl>").toString();
  }

  /** A chart that lab.js draws. */
  static String chart(String id, String title, String caption) {
    return text(
        "<figure><h3>%s</h3><div id=\"chart-%s\"></div><figcaption>%s</figcaption></figure>\n",
        title, id, caption);
  }

  /**
   * Pictures in rows.
   *
   * @param size of a picture
   * @param gap between them, in their pixels
   */
  static String pictures(byte[][] tiles, Images size, int columns, int gap, String alt)
      throws IOException {
    int zoom = Math.max(1, Math.round((float) TILE / Math.max(size.rows(), size.cols())));
    int between = gap * zoom;
    GreyImage image =
        new Sheet(size.rows(), size.cols(), columns, zoom, i -> between, i -> between, GAP)
            .of(tiles);
    return text(
        "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/png;base64,%s\">",
        Html.escape(alt), image.cols(), image.rows(), Packed.bytes(Png.encode(image).array()));
  }
}
