package vaeocl.report;

import static vaeocl.report.LabPage.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vaeocl.lab.Maps;
import vaeocl.lab.Maps.Way;

/** ae-vae-pca.html: three maps of the same pictures, and their holes. */
public final class MapsPage {
  /** Units of a map, across and down. */
  private static final int SIDE = 1000;

  /** More dots would hide each other. */
  private static final int MOST_DOTS = 4000;

  private static final int SAMPLE_COLUMNS = 6;

  private final Maps lab;

  private MapsPage(Maps lab) {
    this.lab = lab;
  }

  /** The page. */
  public static String of(Maps lab, String dataset, int epochs) throws IOException {
    return new MapsPage(lab).html(dataset, epochs);
  }

  private String html(String dataset, int epochs) throws IOException {
    MapsStory story = new MapsStory(lab);
    String summary =
        "%s · two numbers for a picture, in three ways · nets trained for %s"
            .formatted(dataset, LabPage.count(epochs, "epoch", "epochs"));
    String sections =
        LabPage.section("What came out", LabPage.story(story.summary()) + table())
            + LabPage.section("Maps, grids, samples", intro() + ways())
            + LabPage.section("The same test images", pictures())
            + LabPage.section("How it was judged", LabPage.story(story.rule()));
    return LabPage.html(
        "Autoencoder, VAE and PCA: where are the holes?",
        summary,
        sections,
        story.questions(),
        JsonNodeFactory.instance.objectNode());
  }

  private String table() {
    List<List<String>> rows = new ArrayList<>();
    for (Way way : lab.ways()) {
      rows.add(
          List.of(
              way.name(),
              text("%.4f", way.mse()),
              text("%.0f%%", 100 * (1 - way.mse() / lab.variance())),
              text("%.0f%%", 100 * MapsStory.holes(way)),
              text("%.1f%%", 100 * way.back()),
              text("%.1f%%", 100 * way.share())));
    }
    return "<div class=\"shares\">"
        + LabPage.table(
            "Figures of the three",
            List.of(
                "",
                "squared error",
                "explained",
                "map in holes",
                "test images accepted",
                "samples accepted"),
            rows)
        + "</div>";
  }

  private String intro() {
    String colours = lab.labels() == null ? "" : ", coloured by its class";
    return "<p class=\"quiet\">Above, a dot is a test image"
        + colours
        + ". Below, a grid over the same map, decoded: what the judge rejects is <span"
        + " class=\"rejected-word\">tinted</span>, a hole. Point at a map to find a place on the"
        + " grid. At the bottom, samples, again with the rejected ones tinted. Each map has its own"
        + " scale.</p>";
  }

  private String ways() throws IOException {
    StringBuilder html = new StringBuilder("<div class=\"ways\">");
    for (Way way : lab.ways()) {
      html.append("<article class=\"way\"><h3>").append(way.name()).append("</h3><figure>");
      html.append(map(way));
      double[] b = way.box();
      html.append(
          text(
              "<figcaption>z1 from %.2f to %.2f, z2 from %.2f to %.2f</figcaption></figure>",
              b[0], b[1], b[2], b[3]));
      html.append(grid(way));
      html.append("<figure><div class=\"plane\">");
      html.append(
          LabPage.pictures(
              way.samples(), lab.exhibit().test(), SAMPLE_COLUMNS, 0, "Samples, " + way.name()));
      int rows = way.samples().length / SAMPLE_COLUMNS;
      html.append(tints(way.accepted(), SAMPLE_COLUMNS, rows));
      html.append("</div><figcaption>Samples of ").append(way.source());
      html.append(text(": %.1f%% accepted", 100 * way.share()));
      html.append("</figcaption></figure></article>\n");
    }
    return html.append("</div>").toString();
  }

  private String grid(Way way) throws IOException {
    double[] b = way.box();
    return text(
            "<figure class=\"grid\" data-cells=\"%d\" data-box=\"%.4f %.4f %.4f %.4f\">",
            Maps.GRID, b[0], b[1], b[2], b[3])
        + "<div class=\"plane\">"
        + LabPage.pictures(
            way.grid(), lab.exhibit().test(), Maps.GRID, 0, "The map decoded, " + way.name())
        + tints(way.gridAccepted(), Maps.GRID, Maps.GRID)
        + "</div><figcaption class=\"told\">"
        + text("Rejected: %.0f%% of the map", 100 * MapsStory.holes(way))
        + "</figcaption></figure>";
  }

  /** A layer over pictures, as wide as {@value #SIDE}, which tints those that are rejected. */
  private String tints(boolean[] accepted, int columns, int rows) {
    double width = (double) SIDE / columns;
    double height = width * lab.exhibit().test().rows() / lab.exhibit().test().cols();
    StringBuilder svg = new StringBuilder();
    svg.append(text("<svg viewBox=\"0 0 %d %.1f\" aria-hidden=\"true\"", SIDE, rows * height));
    svg.append(" preserveAspectRatio=\"none\">");
    for (int i = 0; i < accepted.length; i++) {
      int row = i / columns;
      if (!accepted[i]) {
        svg.append(
            text(
                "<rect class=\"no\" data-cell=\"%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
                    + " height=\"%.1f\"/>",
                i, i % columns * width, row * height, width, height));
      }
    }
    return svg.append(mark(columns, width, height)).append("</svg>").toString();
  }

  /** What follows the pointer, on maps and grids. */
  private static String mark(int cells, double width, double height) {
    return cells == Maps.GRID
        ? text("<rect class=\"at\" hidden width=\"%.1f\" height=\"%.1f\"/>", width, height)
        : "";
  }

  private String map(Way way) {
    double[] b = way.box();
    int count = way.codes().length / 2;
    int step = Math.max(1, (count + MOST_DOTS - 1) / MOST_DOTS);
    Classes classes = lab.labels() == null ? null : Classes.of(lab.labels(), "");
    int kinds = classes == null ? 1 : classes.values().size();
    byte[] positions = classes == null ? new byte[count] : classes.positions();
    StringBuilder[] dots = new StringBuilder[kinds];
    Arrays.setAll(dots, c -> new StringBuilder());
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) ((way.codes()[2 * i] - b[0]) / (b[1] - b[0]));
      y[i] = (float) ((b[3] - way.codes()[2 * i + 1]) / (b[3] - b[2]));
      boolean inside = x[i] >= 0 && x[i] <= 1 && y[i] >= 0 && y[i] <= 1;
      if (inside && i % step == 0) {
        StringBuilder path = dots[positions[i] & 0xff];
        path.append('M').append(Math.round(SIDE * x[i])).append(' ');
        path.append(Math.round(SIDE * y[i])).append("h0");
      }
      x[i] = Math.min(1, Math.max(0, x[i]));
      y[i] = Math.min(1, Math.max(0, y[i]));
    }
    StringBuilder svg = new StringBuilder("<div class=\"plane\"><svg viewBox=\"0 0 ");
    svg.append(SIDE).append(' ').append(SIDE).append("\" role=\"img\" aria-label=\"Map of the ");
    svg.append(way.name()).append("\">");
    for (int c = 0; c < kinds; c++) {
      svg.append("<path class=\"dots\" stroke=\"").append(Palette.css(Palette.of(c)));
      svg.append("\" d=\"").append(dots[c]).append("\"/>");
    }
    names(svg, classes, x, y);
    double cell = (double) SIDE / Maps.GRID;
    return svg.append(mark(Maps.GRID, cell, cell)).append("</svg></div>").toString();
  }

  /** Names of classes where most of their dots are. */
  private static void names(StringBuilder svg, Classes classes, float[] x, float[] y) {
    if (classes == null || classes.values().size() > 10) {
      return;
    }
    double[][] axes = {{1, 0}, {0, 1}};
    double[][] at = new LatentMap(x, y, new double[2], axes, "", "", "").places(classes);
    for (int c = 0; c < at.length; c++) {
      svg.append(
          text(
              "<text x=\"%.0f\" y=\"%.0f\">%d</text>",
              SIDE * Math.min(0.96, Math.max(0.04, at[c][0])),
              SIDE * Math.min(0.96, Math.max(0.04, at[c][1])),
              classes.values().get(c)));
    }
  }

  private String pictures() throws IOException {
    StringBuilder html = new StringBuilder();
    byte[][] originals = lab.exhibit().originals();
    strip(html, "Test images", originals);
    for (Way way : lab.ways()) {
      strip(
          html,
          way.name() + text(", squared error %.4f a pixel", way.mse()),
          way.reconstructions());
    }
    return html.toString();
  }

  private void strip(StringBuilder html, String caption, byte[][] tiles) throws IOException {
    html.append("<figure class=\"strip\">");
    html.append(LabPage.pictures(tiles, lab.exhibit().test(), tiles.length, 1, caption));
    html.append("<figcaption>").append(caption).append("</figcaption></figure>");
  }
}
