package vaeocl.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import vaeocl.formats.GreyImage;

/** A figure or a chart on white paper, below its title and caption. */
final class Plate {
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Color INK = new Color(0x1f2328);
  private static final Color FAINT = new Color(0x57606a);
  private static final int MARGIN = 16;

  private static final int NARROWEST = 320;

  private final BufferedImage image;
  private final Graphics2D g;

  /** Where the content begins, in points. */
  private final int top;

  /** White paper with title and caption above content of so many points. */
  private Plate(String title, String caption, int width, int height, int scale) {
    Graphics2D ruler = graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), 1);
    FontMetrics large = ruler.getFontMetrics(TITLE);
    FontMetrics small = ruler.getFontMetrics(TEXT);
    List<String> heading = wrap(title, large, width);
    List<String> text = caption.isEmpty() ? List.of() : wrap(caption, small, width);
    ruler.dispose();
    top = MARGIN + heading.size() * large.getHeight() + text.size() * small.getHeight() + 10;
    int fullWidth = width + 2 * MARGIN;
    int fullHeight = top + height + MARGIN;
    image = new BufferedImage(fullWidth * scale, fullHeight * scale, BufferedImage.TYPE_INT_RGB);
    g = graphics(image, scale);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, fullWidth, fullHeight);
    lines(text, TEXT, FAINT, lines(heading, TITLE, INK, MARGIN));
    g.setColor(INK);
    g.setFont(TEXT);
  }

  /**
   * A figure of tiles.
   *
   * @param scale pixels a point: text and pictures grow alike
   */
  static BufferedImage of(Figure figure, int scale) {
    GreyImage image = figure.image(scale);
    Graphics2D ruler = graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), 1);
    FontMetrics text = ruler.getFontMetrics(TEXT);
    ruler.dispose();
    int labels = figure.rowLabels().stream().mapToInt(text::stringWidth).max().orElse(-12) + 12;
    int width = Math.max(labels + (image.cols() + scale - 1) / scale, NARROWEST);
    int height = (image.rows() + scale - 1) / scale;
    Plate plate = new Plate(figure.title(), figure.caption(), width, height, scale);
    int rows = figure.rowLabels().size();
    for (int r = 0; r < rows; r++) {
      int middle = plate.top + figure.middle(r, height);
      int y = middle + (text.getAscent() - text.getDescent()) / 2;
      plate.g.drawString(figure.rowLabels().get(r), MARGIN, y);
    }
    plate.g.dispose();
    draw(image, plate.image, (MARGIN + labels) * scale, plate.top * scale);
    return plate.image;
  }

  /** Draws it pixel by pixel: Java's own conversion of grey pictures would brighten them. */
  private static void draw(GreyImage picture, BufferedImage paper, int left, int top) {
    int cols = picture.cols();
    int[] row = new int[cols];
    for (int y = 0; y < picture.rows(); y++) {
      for (int x = 0; x < cols; x++) {
        row[x] = (picture.pixels()[y * cols + x] & 0xff) * 0x010101;
      }
      paper.setRGB(left, top + y, cols, 1, row, 0, cols);
    }
  }

  /** A chart, which has no title of its own: XChart's are cut off where they are too long. */
  static BufferedImage of(String title, String caption, Chart<?, ?> chart, int scale) {
    Plate plate = new Plate(title, caption, chart.getWidth(), chart.getHeight(), scale);
    plate.g.translate(MARGIN, plate.top);
    chart.paint(plate.g, chart.getWidth(), chart.getHeight());
    plate.g.dispose();
    return plate.image;
  }

  private static Graphics2D graphics(BufferedImage image, int scale) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.scale(scale, scale);
    return g;
  }

  /** Draws lines of text below each other, and gives the place of the next. */
  private int lines(List<String> lines, Font font, Color color, int top) {
    g.setFont(font);
    g.setColor(color);
    FontMetrics metrics = g.getFontMetrics();
    int y = top;
    for (String line : lines) {
      g.drawString(line, MARGIN, y + metrics.getAscent());
      y += metrics.getHeight();
    }
    return y;
  }

  static List<String> wrap(String text, FontMetrics metrics, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && metrics.stringWidth(longer) > width) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(line);
    return lines;
  }
}
