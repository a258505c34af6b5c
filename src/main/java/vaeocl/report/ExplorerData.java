package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Png;
import vaeocl.formats.Sheet;
import vaeocl.model.SavedLayer;

/** What the page's explorer needs, within a number of characters, and what to say of it. */
final class ExplorerData {
  /** Decoders up to this many values keep their full precision: two thirds more than default. */
  private static final long EXACT = 520_000;

  /** Larger ones are left out: at half precision, 24 MB of text. */
  private static final long LARGEST = 9_000_000;

  /** Pictures to look at, in characters, whatever else there is. */
  private static final long LEAST = 300_000;

  private static final int MOST_SLIDERS = 64;
  private static final int MOST_COLUMNS = 100;

  /** Browsers refuse very wide pictures. */
  private static final int WIDEST = 8192;

  /** Pixels that are packed to see how tight they pack. */
  private static final int TRIAL = 400_000;

  private final Analysis run;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final List<String> sentences = new ArrayList<>();

  /**
   * @param budget characters that the data should not pass; large decoders do
   */
  ExplorerData(Analysis run, long budget) throws IOException {
    this.run = run;
    json.put("latent", run.latent());
    json.put("rows", run.rows());
    json.put("cols", run.cols());
    json.put("className", run.settings().className());
    long used = model() + map();
    DrawingData drawing = json.has("model") ? DrawingData.of(run) : null;
    if (drawing != null) {
      used += drawing.length();
    }
    if (run.latents() != null) {
      int count = pictures(Math.max(LEAST, budget - used));
      if (drawing != null) {
        int[] numbers = IntStream.range(0, count).map(n -> number(n, count)).toArray();
        drawing.put(json.putObject("draw"), numbers);
      }
    }
  }

  ObjectNode json() {
    return json;
  }

  /** What a reader has to know of the data. */
  String sentences() {
    return String.join(" ", sentences);
  }

  private long model() {
    if (run.layers() == null) {
      return 0;
    }
    long values = run.layers().stream().mapToLong(l -> (long) l.in() * l.out()).sum();
    if (values > LARGEST) {
      sentences.add("The decoder is too large for a page: only test images can be seen.");
      return 0;
    }
    boolean half = values > EXACT;
    if (half) {
      sentences.add(
          "The decoder's weights are kept in half precision here, so pixels may differ by a few of"
              + " 255 grey levels from the program's.");
    }
    ObjectNode model = json.putObject("model");
    model.put("half", half);
    ArrayNode layers = model.putArray("layers");
    for (SavedLayer layer : run.layers()) {
      float[] weight = layer.weight().values();
      ObjectNode node = layers.addObject();
      node.put("out", layer.out());
      node.put("weight", half ? Packed.halves(weight) : Packed.floats(weight));
      node.put("bias", Packed.floats(layer.bias().values()));
      node.put("activation", layer.f().label());
    }
    return Packed.length(values * (half ? Short.BYTES : Float.BYTES));
  }

  private long map() {
    classes();
    LatentMap map = run.map() == null ? LatentMap.empty(run.latent()) : run.map();
    if (run.latent() > 2) {
      sliders();
    } else {
      json.putArray("sliders");
    }
    if (map == null) {
      return 0;
    }
    double[] bounds = map.bounds();
    ObjectNode node = json.putObject("map");
    numbers(node.putArray("bounds"), bounds);
    numbers(node.putArray("origin"), map.origin());
    ArrayNode axes = node.putArray("axes");
    for (double[] axis : map.axes()) {
      numbers(axes.addArray(), axis);
    }
    node.put("xTitle", map.xTitle());
    node.put("yTitle", map.yTitle());
    if (run.map() == null) {
      return 0;
    }
    short[] xy = new short[2 * map.x().length];
    Packed.steps(map.x(), bounds[0], bounds[1], 0, xy);
    Packed.steps(map.y(), bounds[2], bounds[3], 1, xy);
    ObjectNode points = json.putObject("points");
    points.put("count", map.x().length);
    points.put("xy", Packed.shorts(xy));
    if (run.classes() != null) {
      points.put("classes", Packed.bytes(run.classes().positions()));
    }
    if (!map.note().isEmpty()) {
      sentences.add("The map shows " + map.note() + ".");
    }
    return Packed.length(5L * map.x().length);
  }

  private void classes() {
    ArrayNode classes = json.putArray("classes");
    if (run.classes() == null) {
      classes.addObject().put("name", "").put("color", Palette.css(Palette.of(0)));
      return;
    }
    double[][] places = run.map() == null ? null : run.map().places(run.classes());
    for (int c = 0; c < run.classes().values().size(); c++) {
      ObjectNode node = classes.addObject();
      node.put("name", String.valueOf(run.classes().values().get(c)));
      node.put("color", Palette.css(Palette.of(c)));
      if (places != null) {
        numbers(node.putArray("at"), places[c]);
      }
    }
  }

  private void sliders() {
    int[] dims = new int[run.latent()];
    Arrays.setAll(dims, d -> d);
    if (dims.length > MOST_SLIDERS) {
      dims = run.latents() == null ? dims : run.latents().byKl();
      dims = Arrays.copyOf(dims, MOST_SLIDERS);
      Arrays.sort(dims);
      sentences.add(
          "Of its "
              + run.latent()
              + " dimensions, "
              + MOST_SLIDERS
              + " have sliders"
              + (run.latents() == null ? "." : ": those with the largest KL."));
    }
    ArrayNode sliders = json.putArray("sliders");
    Arrays.stream(dims).forEach(sliders::add);
    if (run.latents() != null && run.latents().kl() != null) {
      numbers(json.putArray("kl"), run.latents().kl());
    }
  }

  private static void numbers(ArrayNode node, double[] values) {
    Arrays.stream(values).forEach(node::add);
  }

  /** As many test pictures as fit, at equal distances in the test set; returns their number. */
  private int pictures(long budget) throws IOException {
    int all = run.test().count();
    int trial = Math.max(1, Math.min(TRIAL / run.test().size(), all));
    long each = Packed.length(4L * run.latent() + sprite(trial).length / trial + 1);
    int count = (int) Math.min(all, Math.max(1, budget / each));
    byte[] png = sprite(count);
    while (count > trial && Packed.length(png.length + 4L * run.latent() * count) > budget) {
      count = (int) (0.99 * count * budget / Packed.length(png.length + 4L * run.latent() * count));
      png = sprite(count);
    }
    float[] mu = new float[count * run.latent()];
    for (int n = 0; n < count; n++) {
      System.arraycopy(run.latents().row(number(n, count)), 0, mu, n * run.latent(), run.latent());
    }
    ObjectNode near = json.putObject("near");
    near.put("count", count);
    near.put("columns", columns());
    near.put("mu", Packed.floats(mu));
    near.put("images", "data:image/png;base64," + Packed.bytes(png));
    String which = count == all ? "any of them" : "one of %,d of them, evenly chosen,";
    String sentence =
        "The map holds the means of %,d test images; near "
            + which
            + " the image and its reconstruction are shown.";
    sentences.add(0, String.format(Locale.ROOT, sentence, all, count));
    return count;
  }

  private int number(int n, int count) {
    return (int) ((long) n * run.test().count() / count);
  }

  private int columns() {
    return Math.max(1, Math.min(MOST_COLUMNS, WIDEST / run.cols()));
  }

  /** {@code count} pictures, chosen at equal distances, on one sheet. */
  private byte[] sprite(int count) throws IOException {
    Sheet sprite = Sheet.even(run.rows(), run.cols(), columns(), 0, 0);
    GreyImage sheet = sprite.of(count, n -> run.picture(number(n, count)));
    return Png.encode(sheet).array();
  }
}
