package vaeocl.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** device-report.html: what 'device-report' found, in one page. Any part of it may be missing. */
public final class DevicePage {
  private static final String HERE = "/vaeocl/report/";

  private final JsonNode report;

  private DevicePage(JsonNode report) {
    this.report = report;
  }

  /**
   * The page.
   *
   * @param report as device-report.json has it
   */
  public static String of(JsonNode report) throws IOException {
    return new DevicePage(report).html();
  }

  private String html() throws IOException {
    String style = Html.resource(HERE + "report.css");
    JsonNode device = report.path("device");
    String name = device.path("name").asText("no device");
    String summary =
        Stream.of(
                text(device, "platform"),
                text(device, "driver"),
                "vae-ocl " + text(report, "version"),
                text(report, "time"))
            .filter(s -> !s.isEmpty())
            .collect(Collectors.joining(" · "));
    Map<String, String> values =
        Map.of(
            "title", Html.escape("vae-ocl on " + name),
            "summary", Html.escape(summary),
            "style", style,
            "policy", Page.policy(style, List.of(), false),
            "figures", headline(),
            "sections", sections());
    return Html.fill(Html.resource(HERE + "device.html"), values);
  }

  private String sections() {
    return section("Parts", parts())
        + section("Products, GFLOP/s of dense operands", products())
        + section("Kernels of a step", kernels())
        + section("Training", epochs())
        + section("Device", device())
        + outputs();
  }

  private JsonNode part(String name) {
    return report
        .path("parts")
        .valueStream()
        .filter(p -> p.path("name").asText().equals(name))
        .findFirst()
        .orElse(report.path("none"));
  }

  private JsonNode figures(String name) {
    return part(name).path("figures");
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText("");
  }

  /** A number of a node, "" where there is none. */
  private static String number(JsonNode node, String key, String format, double factor) {
    JsonNode value = node.path(key);
    return value.isNumber() ? String.format(Locale.ROOT, format, factor * value.asDouble()) : "";
  }

  private String headline() {
    JsonNode step = figures("profile");
    StringBuilder html = new StringBuilder("<dl class=\"headline\">\n");
    figure(html, "a step of training", number(step, "step_us", "%.0f us", 1));
    figure(html, "launches a step", number(step, "launches_per_step", "%.0f", 1));
    figure(html, "between two launches", number(step, "launch_gap_us", "%.1f us", 1));
    figure(html, "a training epoch", number(figures("bench"), "train_epoch_s", "%.3f s", 1));
    JsonNode tuned = figures("bench tuned");
    figure(html, "the same, tuned", number(tuned, "train_epoch_s", "%.3f s", 1));
    figure(html, "of the arithmetic's ceiling", number(tuned, "peak_share", "%.0f%%", 100));
    return html.append("</dl>").toString();
  }

  private static void figure(StringBuilder html, String name, String value) {
    if (!value.isEmpty()) {
      html.append("<div><dt>").append(Html.escape(name)).append("</dt><dd>");
      html.append(Html.escape(value)).append("</dd></div>\n");
    }
  }

  private String parts() {
    Table table = new Table("part", "outcome", "seconds");
    for (JsonNode p : report.path("parts")) {
      String problem = text(p, "problem");
      String outcome = problem.isEmpty() ? "done" : "FAILED: " + problem;
      table.row(text(p, "name"), outcome, number(p, "seconds", "%.1f", 1));
    }
    return table.html();
  }

  private String products() {
    Table table =
        new Table("product", "shape", "GFLOP/s", "tuned", "of the ceiling", "times CLBlast");
    JsonNode tuned = figures("bench tuned");
    JsonNode bench = figures("bench");
    for (int i = 0; i < bench.path("products").size(); i++) {
      JsonNode p = bench.path("products").get(i);
      JsonNode better = tuned.path("products").path(i);
      double gflops = p.path("kernel_gflops").asDouble();
      double clblast = p.path("clblast_gflops").asDouble();
      double peak = bench.path("peak_gflops").asDouble();
      table.row(
          text(p, "name"),
          text(p, "shape"),
          number(p, "kernel_gflops", "%.0f", 1),
          number(better, "kernel_gflops", "%.0f", 1),
          peak > 0 ? number(p, "kernel_gflops", "%.0f%%", 100 / peak) : "",
          clblast > 0 ? String.format(Locale.ROOT, "%.1f", gflops / clblast) : "");
    }
    return table.html();
  }

  private String kernels() {
    Table table = new Table("kernel", "us", "GFLOP/s", "GB/s", "of the nearer ceiling", "covers");
    for (JsonNode k : figures("profile").path("kernels")) {
      String share = number(k, "ceiling_share", "%.0f%%", 100);
      table.row(
          text(k, "kernel"),
          number(k, "us", "%.1f", 1),
          number(k, "gflops", "%.0f", 1),
          number(k, "gbps", "%.0f", 1),
          share + " " + text(k, "bound"),
          k.path("covers").valueStream().map(JsonNode::asText).collect(Collectors.joining(" + ")));
    }
    return table.html();
  }

  private String epochs() {
    Table table = new Table("epoch", "loss", "PSNR", "SSIM", "training s", "evaluation s");
    for (JsonNode e : figures("train").path("epochs")) {
      table.row(
          text(e, "epoch"),
          number(e, "loss", "%.4f", 1),
          number(e, "psnr", "%.3f", 1),
          number(e, "ssim", "%.3f", 1),
          number(e, "train_seconds", "%.3f", 1),
          number(e, "eval_seconds", "%.3f", 1));
    }
    return table.html();
  }

  private String device() {
    Table table = new Table("", "");
    report
        .path("device")
        .properties()
        .forEach(
            e -> {
              JsonNode value = e.getValue();
              String text = value.isValueNode() ? value.asText() : value.toString();
              table.row(e.getKey().replace('_', ' '), text);
            });
    table.row("Java", text(report, "java"));
    table.row("system", text(report, "os"));
    return table.html();
  }

  /** What each part printed. */
  private String outputs() {
    Function<JsonNode, String> both = p -> (text(p, "output") + text(p, "errors")).stripTrailing();
    return report
        .path("parts")
        .valueStream()
        .filter(p -> !both.apply(p).isEmpty())
        .map(p -> section(text(p, "name"), "<pre>" + Html.escape(both.apply(p)) + "</pre>"))
        .collect(Collectors.joining());
  }

  private static String section(String title, String body) {
    return body.isEmpty()
        ? ""
        : "<section><h2>" + Html.escape(title) + "</h2>" + body + "</section>\n";
  }

  /** A table, which is nothing without rows. */
  private static final class Table {
    private final List<String> rows = new ArrayList<>();
    private final String head;

    Table(String... headings) {
      boolean any = Stream.of(headings).anyMatch(h -> !h.isEmpty());
      head = any ? line("th", headings) : "";
    }

    void row(String... cells) {
      rows.add(line("td", cells));
    }

    private static String line(String tag, String... cells) {
      return Stream.of(cells)
          .map(cell -> "<" + tag + ">" + Html.escape(cell) + "</" + tag + ">")
          .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    String html() {
      return rows.isEmpty()
          ? ""
          : "<div class=\"device scroll\"><table>\n"
              + head
              + String.join("", rows)
              + "</table></div>";
    }
  }
}
