package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Jpeg;
import vaeocl.formats.Sheet;

/** A film as the page has it: places in 16 bits, pictures on one sheet as JPEG. */
final class FilmData {
  private static final float QUALITY = 0.75f;

  /** Browsers refuse very wide pictures. */
  private static final int WIDEST = 4096;

  /** JPEG takes blocks of so many pixels: pictures that begin with one do not run together. */
  private static final int BLOCK = 8;

  private FilmData() {}

  /** Puts everything into {@code node}; how many characters that is, about. */
  static long put(FilmView view, ObjectNode node) throws IOException {
    int images = view.film().head().images();
    int frames = view.frames();
    double[] bounds = view.bounds();
    ArrayNode epochs = node.putArray("epochs");
    short[] xy = new short[2 * images * frames];
    for (int f = 0; f < frames; f++) {
      epochs.add(view.epoch(f));
      short[] frame = new short[2 * images];
      Packed.steps(clamped(view.maps().get(f).x(), bounds, 0), bounds[0], bounds[1], 0, frame);
      Packed.steps(clamped(view.maps().get(f).y(), bounds, 2), bounds[2], bounds[3], 1, frame);
      System.arraycopy(frame, 0, xy, f * frame.length, frame.length);
    }
    node.put("count", images).put("xy", Packed.shorts(xy));
    Arrays.stream(bounds).forEach(node.putArray("bounds")::add);
    node.put("xTitle", view.maps().get(0).xTitle()).put("yTitle", view.maps().get(0).yTitle());
    node.put("plane", view.maps().get(0).axes().length > 1);
    ArrayNode classes = node.putArray("classes");
    for (int c = 0; c < view.colours(); c++) {
      String name = view.classes() == null ? "" : view.classes().values().get(c).toString();
      classes.addObject().put("name", name).put("color", Palette.css(Palette.of(c)));
    }
    if (view.classes() != null) {
      node.put("of", Packed.bytes(view.classes().positions()));
    }
    return Packed.length(2L * xy.length) + pictures(view, node);
  }

  private static long pictures(FilmView view, ObjectNode node) throws IOException {
    int rows = view.film().head().rows();
    int cols = view.film().head().cols();
    int across = blocks(cols);
    int down = blocks(rows);
    int columns = Math.min(view.frames(), Math.max(1, WIDEST / across));
    Sheet sheet = Sheet.even(down, across, columns, 0, 0);
    GreyImage all = sheet.of(view.frames(), f -> padded(view.picture(f), down, across));
    String jpeg = Packed.bytes(Jpeg.encode(all, QUALITY));
    node.put("rows", rows).put("cols", cols).put("across", across).put("down", down);
    node.put("columns", columns).put("pictures", "data:image/jpeg;base64," + jpeg);
    return jpeg.length();
  }

  private static int blocks(int size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static byte[] padded(GreyImage picture, int rows, int cols) {
    byte[] padded = new byte[rows * cols];
    for (int y = 0; y < picture.rows(); y++) {
      System.arraycopy(picture.pixels(), y * picture.cols(), padded, y * cols, picture.cols());
    }
    return padded;
  }

  private static float[] clamped(float[] values, double[] bounds, int axis) {
    float[] clamped = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      clamped[i] = (float) Math.min(bounds[axis + 1], Math.max(bounds[axis], values[i]));
    }
    return clamped;
  }
}
