package vaeocl.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.formats.Gif;
import vaeocl.formats.GreyImage;

/** The film for slides: the map of each epoch, and beside it what the decoder drew. */
final class FilmGif {
  static final String FILE = "latent.gif";

  private static final int MAP = 480;
  private static final int PICTURE = 336;
  private static final int MARGIN = 16;
  private static final int TOP = 56;
  private static final int WIDTH = MARGIN + MAP + 2 * MARGIN + PICTURE + MARGIN;
  private static final int HEIGHT = TOP + MAP + 2 * MARGIN;
  private static final double DOT = 5;

  /** Between the names of classes. */
  private static final double APART = 16;

  /** More do not fit in a row. */
  private static final int MOST_IN_LEGEND = 12;

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Color INK = new Color(0x1f2328);
  private static final Color FAINT = new Color(0x57606a);
  private static final Color LINE = new Color(0xe1e4e8);

  /** Hundredths of a second that all moves take, and that the last frame stays. */
  private static final int MOVES = 600;

  private static final int LAST = 250;
  private static final int FASTEST = 8;
  private static final int SLOWEST = 60;

  private final FilmView view;
  private final String title;
  private final GifColours colours;

  private FilmGif(FilmView view, String title) {
    this.view = view;
    this.title = title;
    Color[] classes = new Color[view.colours()];
    Arrays.setAll(classes, Palette::of);
    colours = GifColours.of(classes);
  }

  /** Writes the film into {@code folder}. */
  static void write(Path folder, FilmView view, String title) throws IOException {
    FilmGif gif = new FilmGif(view, title);
    List<Gif.Frame> frames = new ArrayList<>();
    for (int f = 0; f < view.frames(); f++) {
      frames.add(new Gif.Frame(gif.colours.numbers(gif.draw(f)), gif.hundredths(f)));
    }
    Gif.write(folder.resolve(FILE), HEIGHT, WIDTH, gif.colours.all(), frames);
  }

  /** As long as the training went on until the next frame. */
  private int hundredths(int frame) {
    if (frame == view.frames() - 1) {
      return LAST;
    }
    double epochs = Math.max(1, view.epoch(view.frames() - 1) - view.epoch(0));
    double mean = Math.min(SLOWEST, (double) MOVES / (view.frames() - 1));
    double share = (view.epoch(frame + 1) - view.epoch(frame)) * (view.frames() - 1) / epochs;
    return (int) Math.max(FASTEST, Math.round(mean * share));
  }

  private BufferedImage draw(int frame) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    heading(g, frame);
    map(g, frame);
    picture(g, image, frame);
    legend(g);
    g.dispose();
    return image;
  }

  private void heading(Graphics2D g, int frame) {
    int last = view.epoch(view.frames() - 1);
    text(g, title, TITLE, INK, MARGIN, 34);
    String epoch = view.epoch(frame) == 0 ? "before training" : "epoch " + view.epoch(frame);
    String label = epoch + (view.epoch(frame) == 0 ? "" : " of " + last);
    int left = MARGIN + MAP + 2 * MARGIN;
    text(g, label, TITLE, INK, left, 34);
    g.setColor(LINE);
    g.fillRoundRect(left, 42, PICTURE, 6, 6, 6);
    g.setColor(Palette.of(0));
    g.fillRoundRect(
        left, 42, (int) ((long) PICTURE * view.epoch(frame) / Math.max(1, last)), 6, 6, 6);
  }

  private void map(Graphics2D g, int frame) {
    double[] b = view.bounds();
    LatentMap map = view.maps().get(frame);
    g.setColor(LINE);
    g.drawRect(MARGIN, TOP, MAP, MAP);
    g.setClip(MARGIN, TOP, MAP + 1, MAP + 1);
    int zeroX = (int) x(0, b);
    int zeroY = (int) y(0, b);
    g.drawLine(zeroX, TOP, zeroX, TOP + MAP);
    if (map.axes().length > 1) {
      g.drawLine(MARGIN, zeroY, MARGIN + MAP, zeroY);
    }
    byte[] positions = view.classes() == null ? null : view.classes().positions();
    for (int i = 0; i < map.x().length; i++) {
      Color full = Palette.of(positions == null ? 0 : positions[i] & 0xff);
      g.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), 170));
      g.fill(
          new Ellipse2D.Double(x(map.x()[i], b) - DOT / 2, y(map.y()[i], b) - DOT / 2, DOT, DOT));
    }
    g.setClip(null);
    names(g, map, positions);
    text(g, map.yTitle(), TEXT, FAINT, MARGIN + 6, TOP + 16);
    int wide = g.getFontMetrics(TEXT).stringWidth(map.xTitle());
    text(g, map.xTitle(), TEXT, FAINT, MARGIN + MAP - wide - 6, TOP + MAP - 6);
  }

  private static double x(double value, double[] b) {
    return MARGIN + MAP * (value - b[0]) / (b[1] - b[0]);
  }

  private static double y(double value, double[] b) {
    return TOP + MAP * (b[3] - value) / (b[3] - b[2]);
  }

  /** Each class's name in the middle of its points, where no other's is; none where most are. */
  private void names(Graphics2D g, LatentMap map, byte[] positions) {
    double[][] middles = positions == null ? new double[0][] : view.middles(map, positions);
    Map<Integer, double[]> free = new LinkedHashMap<>();
    for (int c = 0; c < middles.length; c++) {
      if (middles[c] != null) {
        double[] at = {x(middles[c][0], view.bounds()), y(middles[c][1], view.bounds())};
        if (free.values().stream().allMatch(t -> Math.hypot(t[0] - at[0], t[1] - at[1]) > APART)) {
          free.put(c, at);
        }
      }
    }
    if (2 * free.size() > middles.length) {
      free.forEach((c, at) -> name(g, view.classes().values().get(c).toString(), at));
    }
  }

  /** Each class with its colour, below the picture. */
  private void legend(Graphics2D g) {
    if (view.classes() == null || view.colours() > MOST_IN_LEGEND) {
      return;
    }
    int each = PICTURE / view.colours();
    for (int c = 0; c < view.colours(); c++) {
      int left = MARGIN + MAP + 2 * MARGIN + c * each;
      g.setColor(Palette.of(c));
      g.fill(new Ellipse2D.Double(left, TOP + MAP - 10, 10, 10));
      text(g, view.classes().values().get(c).toString(), TEXT, INK, left + 13, TOP + MAP);
    }
  }

  private static void name(Graphics2D g, String name, double[] at) {
    FontMetrics metrics = g.getFontMetrics(LABEL);
    float left = (float) at[0] - metrics.stringWidth(name) / 2f;
    float base = (float) at[1] + (metrics.getAscent() - metrics.getDescent()) / 2f;
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.translate(left, base);
    g.draw(LABEL.createGlyphVector(g.getFontRenderContext(), name).getOutline());
    g.translate(-left, -base);
    g.setStroke(new BasicStroke(1));
    g.setFont(LABEL);
    g.setColor(INK);
    g.drawString(name, left, base);
  }

  private void picture(Graphics2D g, BufferedImage image, int frame) {
    GreyImage picture = view.picture(frame);
    double scale = (double) PICTURE / Math.max(picture.rows(), picture.cols());
    GreyImage scaled =
        picture.scaled(
            (int) Math.max(1, Math.round(scale * picture.rows())),
            (int) Math.max(1, Math.round(scale * picture.cols())));
    int left = MARGIN + MAP + 2 * MARGIN;
    for (int i = 0; i < scaled.pixels().length; i++) {
      int level = scaled.pixels()[i] & 0xff;
      image.setRGB(left + i % scaled.cols(), TOP + i / scaled.cols(), level * 0x010101);
    }
    List<String> lines = Plate.wrap(view.pictureText(), g.getFontMetrics(TEXT), PICTURE);
    for (int i = 0; i < lines.size(); i++) {
      text(g, lines.get(i), TEXT, FAINT, left, TOP + scaled.rows() + 20 + 16 * i);
    }
  }

  private static void text(Graphics2D g, String text, Font font, Color color, int x, int y) {
    g.setFont(font);
    g.setColor(color);
    g.drawString(text, x, y);
  }
}
