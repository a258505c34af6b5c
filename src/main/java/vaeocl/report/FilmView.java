package vaeocl.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import vaeocl.formats.Film;
import vaeocl.formats.GreyImage;

/**
 * A film on the run's map: all frames on the same axes, those of the trained net, so that nothing
 * moves but what training moved.
 *
 * @param classes of the film's images; null where they have no labels
 * @param maps the points of each frame
 * @param bounds {x from, x to, y from, y to}, of all frames
 */
record FilmView(Film film, Classes classes, List<LatentMap> maps, double[] bounds) {
  /** Points that a single image throws far out in an early epoch do not make all others small. */
  private static final double OUTSIDE = 0.002;

  /**
   * Null where a run has no film.
   *
   * @param run whose map has the axes; where it has none, those of the last frame count
   */
  static FilmView of(Film film, Analysis run) {
    if (film == null || film.frames().isEmpty()) {
      return null;
    }
    Film.Head head = film.head();
    Classes classes = null;
    if (head.labels() != null) {
      Classes own = Classes.of(head.labels(), run.settings().className());
      boolean known = run.classes() != null && run.classes().values().containsAll(own.values());
      classes = known ? new Classes(own.labels(), run.classes().values(), own.word()) : own;
    }
    Film.Frame last = film.frames().get(film.frames().size() - 1);
    boolean fits = run.map() != null && run.latents().size() == head.latent();
    LatentMap axes = fits ? run.map() : LatentMap.of(latents(film, last), classes);
    List<LatentMap> maps = new ArrayList<>();
    for (Film.Frame frame : film.frames()) {
      maps.add(axes.with(latents(film, frame), classes));
    }
    return new FilmView(film, classes, List.copyOf(maps), bounds(maps));
  }

  private static Latents latents(Film film, Film.Frame frame) {
    return Latents.of(frame.mu(), null, film.head().images());
  }

  private static double[] bounds(List<LatentMap> maps) {
    int all = maps.stream().mapToInt(map -> map.x().length).sum();
    float[] x = new float[all];
    float[] y = new float[all];
    int n = 0;
    for (LatentMap map : maps) {
      System.arraycopy(map.x(), 0, x, n, map.x().length);
      System.arraycopy(map.y(), 0, y, n, map.y().length);
      n += map.x().length;
    }
    LatentMap last = maps.get(maps.size() - 1);
    return new LatentMap(within(x), within(y), last.origin(), last.axes(), "", "", "").bounds();
  }

  /** The same without the outermost. */
  private static float[] within(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = (int) (OUTSIDE * sorted.length);
    return Arrays.copyOfRange(sorted, cut, sorted.length - cut);
  }

  int frames() {
    return film.frames().size();
  }

  int epoch(int frame) {
    return film.frames().get(frame).epoch();
  }

  /** What the decoder drew in a frame. */
  GreyImage picture(int frame) {
    Film.Head head = film.head();
    return new GreyImage(head.rows(), head.cols(), film.frames().get(frame).picture());
  }

  /** How many classes have a colour of their own. */
  int colours() {
    return classes == null ? 1 : classes.values().size();
  }

  /** The median of each class's points; null where it has none. */
  double[][] middles(LatentMap map, byte[] positions) {
    double[][] middles = new double[colours()][];
    for (int c = 0; c < middles.length; c++) {
      int own = c;
      int[] points =
          IntStream.range(0, positions.length).filter(i -> (positions[i] & 0xff) == own).toArray();
      if (points.length > 0) {
        middles[c] = new double[] {median(map.x(), points), median(map.y(), points)};
      }
    }
    return middles;
  }

  private static double median(float[] values, int[] points) {
    double[] own = Arrays.stream(points).mapToDouble(i -> values[i]).sorted().toArray();
    return own[own.length / 2];
  }

  /** What the picture of a frame shows. */
  String pictureText() {
    int latent = film.head().latent();
    if (latent == 1) {
      return "What the decoder draws along z1, in equal steps of the prior's probability.";
    }
    String where =
        latent == 2 ? "over the latent space" : "over the plane in which the means vary most";
    return "What the decoder draws " + where + ", in equal steps of the prior's probability.";
  }
}
