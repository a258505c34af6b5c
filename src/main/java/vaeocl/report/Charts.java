package vaeocl.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import vaeocl.model.EpochResult;

/** The charts of a run, for files. */
final class Charts {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final Color INK = new Color(0x1f2328);
  private static final Color FAINT = new Color(0x57606a);
  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color BLUE = new Color(0x1e4bb4);
  private static final Color ORANGE = new Color(0xd9730d);
  private static final Color TEAL = new Color(0x1b8a8f);

  /** Above this, the markers of neighbouring epochs would touch. */
  private static final int MOST_MARKERS = 40;

  /** Up to this, every epoch has its mark on the axis. */
  private static final int FEW_EPOCHS = 20;

  /** More would not fit beside the map; their names are on it all the same. */
  private static final int MOST_IN_LEGEND = 25;

  private Charts() {}

  /** Total and reconstruction loss, and the KL divergence on an axis of its own at the right. */
  static XYChart loss(List<EpochResult> metrics) {
    XYChart chart = lines("loss, reconstruction", metrics);
    add(chart, "loss", metrics, r -> r.training().loss(), BLUE);
    if (metrics.stream().anyMatch(r -> Double.isFinite(r.training().recon()))) {
      add(chart, "reconstruction", metrics, r -> r.training().recon(), ORANGE);
    }
    add(chart, "KL", metrics, r -> r.training().kl(), TEAL).setYAxisGroup(1);
    chart.setYAxisGroupTitle(1, "KL");
    chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    chart.getStyler().setYAxisGroupTitleColor(1, TEAL);
    chart.getStyler().setYAxisGroupTickLabelsColorMap(1, TEAL);
    return chart;
  }

  static XYChart psnr(List<EpochResult> metrics) {
    XYChart chart = lines("dB", metrics);
    add(chart, "sampled z", metrics, r -> r.sampled().psnr(), BLUE);
    add(chart, "z = mu", metrics, r -> r.mean().psnr(), ORANGE);
    return chart;
  }

  static XYChart ssim(List<EpochResult> metrics) {
    XYChart chart = lines("SSIM", metrics);
    add(chart, "sampled z", metrics, r -> r.sampled().ssim(), BLUE);
    add(chart, "z = mu", metrics, r -> r.mean().ssim(), ORANGE);
    return chart;
  }

  private static XYChart lines(String unit, List<EpochResult> metrics) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
    chart.setXAxisTitle("epoch");
    chart.setYAxisTitle(unit);
    style(chart.getStyler());
    int last = metrics.size();
    double first = last == 1 ? 0 : 1;
    if (last <= FEW_EPOCHS) {
      // There is no epoch 1.5.
      chart
          .getStyler()
          .setXAxisTickLabelsFormattingFunction(
              x -> x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : "");
    } else {
      // Where all values are at equal distances, XChart would mark every 44th epoch, say.
      first = 0.5;
      chart.getStyler().setXAxisTickMarkSpacingHint(80);
    }
    chart.getStyler().setXAxisMin(first).setXAxisMax(last == 1 ? 2.0 : last);
    return chart;
  }

  private static XYSeries add(
      XYChart chart,
      String name,
      List<EpochResult> metrics,
      ToDoubleFunction<EpochResult> column,
      Color color) {
    double[] x = metrics.stream().mapToDouble(EpochResult::epoch).toArray();
    double[] y = metrics.stream().mapToDouble(column).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color).setLineStyle(new BasicStroke(2));
    series.setMarkerColor(color);
    series.setMarker(x.length > MOST_MARKERS ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    return series;
  }

  /** All encoded test pictures, coloured by class, and each class's name on the map. */
  static XYChart latent(LatentMap map, Classes classes) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(WIDTH).build();
    chart.setXAxisTitle(map.xTitle());
    chart.setYAxisTitle(map.yTitle());
    style(chart.getStyler());
    double[] bounds = map.bounds();
    chart.getStyler().setXAxisMin(bounds[0]).setXAxisMax(bounds[1]);
    chart.getStyler().setYAxisMin(bounds[2]).setYAxisMax(bounds[3]);
    chart.getStyler().setXAxisTickMarkSpacingHint(90).setYAxisTickMarkSpacingHint(90);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(3);
    chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.BOLD, 20));
    chart.getStyler().setAnnotationTextFontColor(INK);
    int count = classes == null ? 1 : classes.values().size();
    byte[] positions = classes == null ? null : classes.positions();
    for (int c = 0; c < count; c++) {
      double[][] points = points(map, positions, c);
      String name = classes == null ? "test images" : String.valueOf(classes.values().get(c));
      Color color = Palette.of(c);
      XYSeries series = chart.addSeries(name, points[0], points[1]);
      series.setMarker(SeriesMarkers.CIRCLE);
      series.setMarkerColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 150));
      series.setShowInLegend(false);
      legend(chart, name, color);
    }
    chart.getStyler().setLegendVisible(count <= MOST_IN_LEGEND);
    double[][] places = classes == null ? new double[0][] : map.places(classes);
    for (int c = 0; c < places.length; c++) {
      String name = String.valueOf(classes.values().get(c));
      chart.addAnnotation(new AnnotationText(name, places[c][0], places[c][1], false));
    }
    return chart;
  }

  /** A series without points, for the legend: there, the points' own dots would be specks. */
  private static void legend(XYChart chart, String name, Color color) {
    XYSeries entry =
        chart.addSeries(name + " ", new double[] {0, 1}, new double[] {Double.NaN, Double.NaN});
    entry.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
    entry.setMarker(SeriesMarkers.NONE);
    entry.setFillColor(color);
    entry.setLineColor(color).setLineStyle(new BasicStroke(8));
  }

  private static double[][] points(LatentMap map, byte[] positions, int position) {
    double[][] points = new double[2][map.x().length];
    int n = 0;
    for (int i = 0; i < map.x().length; i++) {
      if (positions == null || (positions[i] & 0xff) == position) {
        points[0][n] = map.x()[i];
        points[1][n++] = map.y()[i];
      }
    }
    return new double[][] {Arrays.copyOf(points[0], n), Arrays.copyOf(points[1], n)};
  }

  /** The KL divergence of each latent dimension. */
  static CategoryChart kl(double[] kl) {
    CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
    chart.setXAxisTitle("dimension of z");
    chart.setYAxisTitle("nats, mean over the test set");
    style(chart.getStyler());
    chart.getStyler().setYAxisMin(0.0).setXAxisMaxLabelCount(20);
    chart.getStyler().setAvailableSpaceFill(kl.length < 5 ? 0.3 : 0.8);
    chart.getStyler().setLegendVisible(false);
    double[] dimensions = new double[kl.length];
    Arrays.setAll(dimensions, d -> d + 1);
    chart.addSeries("KL", dimensions, kl).setFillColor(BLUE);
    return chart;
  }

  private static void style(AxesChartStyler s) {
    s.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    s.setLocale(Locale.ROOT);
    s.setChartBackgroundColor(Color.WHITE);
    s.setPlotBackgroundColor(Color.WHITE);
    s.setPlotBorderVisible(false);
    s.setChartFontColor(INK);
    s.setPlotGridLinesColor(GRID);
    s.setPlotGridLinesStroke(new BasicStroke(1));
    s.setLegendBorderColor(Color.WHITE);
    s.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    s.setAxisTickLabelsColor(FAINT);
    s.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    s.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    s.setChartTitleVisible(false);
    s.setChartPadding(4);
    s.setAntiAlias(true);
  }
}
