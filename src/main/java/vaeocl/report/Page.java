package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** report.html: one file with everything in it. */
final class Page {
  private static final String HERE = "/vaeocl/report/";
  static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  /** Characters of the whole page, unless a large decoder takes more. */
  private static final long BUDGET = 4_950_000;

  private static final List<String> SCRIPTS =
      List.of(
          "page",
          "charts",
          "decoder",
          "encoder",
          "explorer",
          "ink",
          "pens",
          "draw",
          "film",
          "start");

  private final Analysis run;
  private final List<Figure> figures;
  private final FilmView film;
  private final List<String> notices;
  private final boolean live;

  /**
   * @param film null for none
   */
  Page(Analysis run, List<Figure> figures, FilmView film, List<String> notices) {
    this(run, figures, film, notices, false);
  }

  private Page(
      Analysis run, List<Figure> figures, FilmView film, List<String> notices, boolean live) {
    this.run = run;
    this.figures = figures;
    this.film = film;
    this.notices = notices;
    this.live = live;
  }

  /** The page of a run under way, which asks its server how far it is. */
  static Page live(Analysis run) {
    return new Page(run, List.of(), null, List.of(), true);
  }

  /** Writes the page, of which the data are most. */
  void write(Writer out) throws IOException {
    Sections sections = new Sections(run);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("title", Html.escape(sections.title()));
    values.put("heading", Html.escape(sections.heading()));
    values.put("summary", Html.escape(sections.summary()));
    values.put("figures", sections.headline());
    values.put("notices", live ? Html.resource(HERE + "live.html") : sections.notices(notices));
    values.put("charts", sections.charts(live));
    values.put("pictures", sections.pictures(figures));
    values.put("metrics", sections.metrics());
    values.put("repeat", sections.repeat());
    values.put("settings", sections.settings());

    String style = Html.resource(UPLOT + "dist/uPlot.min.css") + Html.resource(HERE + "report.css");
    List<String> scripts = scripts();
    values.put("style", style);
    values.put("scripts", elements(scripts));
    values.put("policy", policy(style, scripts, live));

    ObjectNode data = data();
    long used = 10_000;
    values.put("film", "");
    if (film != null) {
      used += FilmData.put(film, data.putObject("film"));
      values.put("film", film(film));
    }
    boolean explorable = run.latents() != null || (run.layers() != null && run.rows() > 0);
    if (explorable) {
      for (String value : values.values()) {
        used += value.length();
      }
      ExplorerData explorer = new ExplorerData(run, BUDGET - used);
      data.set("explorer", explorer.json());
      values.put("explorer", explorer(explorer.sentences()));
      values.put("draw", explorer.json().has("draw") ? Html.resource(HERE + "draw.html") : "");
    } else {
      values.put("explorer", "");
      values.put("draw", "");
    }
    String[] parts = Html.resource(HERE + "report.html").split(Pattern.quote("{{data}}"), 2);
    out.write(Html.fill(parts[0], values));
    Html.json(data, out);
    out.write(Html.fill(parts[1], values));
  }

  private String explorer(String sentences) throws IOException {
    Map<String, String> values =
        Map.of("intro", Html.escape(sentences), "class", Html.escape(run.settings().className()));
    return Html.fill(Html.resource(HERE + "explorer.html"), values);
  }

  private static String film(FilmView film) throws IOException {
    Map<String, String> values =
        Map.of(
            "images",
            String.format(Locale.ROOT, "%,d", film.film().head().images()),
            "frames",
            Integer.toString(film.frames()),
            "last",
            Integer.toString(film.frames() - 1),
            "picture",
            Html.escape(film.pictureText()));
    return Html.fill(Html.resource(HERE + "film.html"), values);
  }

  private ObjectNode data() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    EpochJson.add(run.metrics(), data.putArray("metrics"));
    if (run.latents() != null && run.latents().kl() != null) {
      ArrayNode kl = data.putArray("kl");
      for (double value : run.latents().kl()) {
        kl.add(value);
      }
    }
    return data;
  }

  private List<String> scripts() throws IOException {
    List<String> names = new ArrayList<>(SCRIPTS);
    if (live) {
      names.add("live");
    }
    List<String> scripts = scripts(names.toArray(String[]::new));
    scripts.add(1, Activations.script() + PixelLoss.script());
    return scripts;
  }

  /** uPlot and scripts of ours by their names. */
  static List<String> scripts(String... names) throws IOException {
    List<String> scripts = new ArrayList<>();
    scripts.add(
        "/*!\n"
            + Html.resource(UPLOT + "LICENSE")
            + "*/\n"
            + Html.resource(UPLOT + "dist/uPlot.iife.min.js"));
    for (String name : names) {
      scripts.add(Html.resource(HERE + name + ".js"));
    }
    return scripts;
  }

  /** Scripts as a page has them. */
  static String elements(List<String> scripts) {
    return "<script>" + String.join("</script>\n<script>", scripts) + "</script>";
  }

  /** Forbids the network, and every script and style but these. */
  static String policy(String style, List<String> scripts, boolean live) {
    StringBuilder policy = new StringBuilder("default-src 'none'; img-src data:; script-src");
    scripts.forEach(script -> policy.append(' ').append(hash(script)));
    return policy
        .append("; style-src ")
        .append(hash(style))
        .append(live ? "; connect-src 'self'" : "")
        .append("; base-uri 'none'; form-action 'none'")
        .toString();
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
