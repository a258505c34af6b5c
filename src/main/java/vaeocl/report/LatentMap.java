package vaeocl.report;

import java.util.Locale;

/**
 * The latent space on paper: where each encoded picture lies on the map, and what the map's axes
 * are in latent space: z = origin + x·axes[0] + y·axes[1].
 *
 * @param x [count]
 * @param y [count]
 * @param axes one vector for a single latent (y then only spreads the points), else two
 * @param note what a reader has to know about the axes; "" if nothing
 */
record LatentMap(
    float[] x,
    float[] y,
    double[] origin,
    double[][] axes,
    String xTitle,
    String yTitle,
    String note) {
  /** Cells across and down in which points are counted: names in two of them do not touch. */
  private static final int CELLS = 24;

  /** What a point of another class counts against a name there. */
  private static final double OTHERS = 0.5;

  private static final double GOLDEN = 0.618033988749895;

  /**
   * @param classes null if the labels are missing
   */
  static LatentMap of(Latents latents, Classes classes) {
    return switch (latents.size()) {
      case 1 -> strip(latents, classes);
      case 2 -> plane(latents, new double[2], new double[][] {{1, 0}, {0, 1}}, "z1", "z2", "");
      default -> projection(latents);
    };
  }

  /** Other points of the same latent space on the same axes. */
  LatentMap with(Latents others, Classes theirs) {
    return axes.length == 1
        ? strip(others, theirs)
        : plane(others, origin, axes, xTitle, yTitle, note);
  }

  /** A map without points for up to two latents; null for more, which have no axes then. */
  static LatentMap empty(int latent) {
    float[] corners = {-3, 3};
    return switch (latent) {
      case 1 -> new LatentMap(corners, corners, new double[1], new double[][] {{1}}, "z1", "", "");
      case 2 ->
          new LatentMap(
              corners, corners, new double[2], new double[][] {{1, 0}, {0, 1}}, "z1", "z2", "");
      default -> null;
    };
  }

  /** One latent: a strip for each class at the height of its label, the points spread over it. */
  private static LatentMap strip(Latents latents, Classes classes) {
    float[] y = new float[latents.count()];
    for (int i = 0; i < y.length; i++) {
      double spread = 0.8 * (i * GOLDEN % 1 - 0.5);
      y[i] = (float) ((classes == null ? 0 : classes.labels()[i] & 0xff) + spread);
    }
    String title = classes == null ? "" : classes.word();
    double[][] axes = {{1}};
    return new LatentMap(latents.mu(), y, new double[1], axes, "z1", title, "");
  }

  private static LatentMap projection(Latents latents) {
    PrincipalAxes p = PrincipalAxes.of(latents.mu(), latents.count(), latents.size());
    String note =
        String.format(
            Locale.ROOT,
            "the two principal axes of %d latent dimensions, %.0f%% of the means' variance",
            latents.size(),
            100 * (p.shares()[0] + p.shares()[1]));
    String first = String.format(Locale.ROOT, "principal axis 1 (%.0f%%)", 100 * p.shares()[0]);
    String second = String.format(Locale.ROOT, "principal axis 2 (%.0f%%)", 100 * p.shares()[1]);
    return plane(latents, p.origin(), p.axes(), first, second, note);
  }

  private static LatentMap plane(
      Latents latents,
      double[] origin,
      double[][] axes,
      String xTitle,
      String yTitle,
      String note) {
    float[][] at = new float[2][latents.count()];
    for (int a = 0; a < 2; a++) {
      for (int i = 0; i < latents.count(); i++) {
        double sum = 0;
        for (int d = 0; d < latents.size(); d++) {
          sum += (latents.mu()[i * latents.size() + d] - origin[d]) * axes[a][d];
        }
        at[a][i] = (float) sum;
      }
    }
    return new LatentMap(at[0], at[1], origin, axes, xTitle, yTitle, note);
  }

  /**
   * The part of the map to show: {x from, x to, y from, y to}, with a margin. Two latents have the
   * same scale on both axes.
   */
  double[] bounds() {
    double[] bx = range(x);
    double[] by = range(y);
    if (axes.length == 2) {
      double half = Math.max(bx[1] - bx[0], by[1] - by[0]) / 2;
      bx = new double[] {(bx[0] + bx[1]) / 2 - half, (bx[0] + bx[1]) / 2 + half};
      by = new double[] {(by[0] + by[1]) / 2 - half, (by[0] + by[1]) / 2 + half};
    }
    return new double[] {bx[0], bx[1], by[0], by[1]};
  }

  /**
   * A place on the map for each class's name: the cell where its points most outnumber all others',
   * of those that no earlier name has taken.
   */
  double[][] places(Classes classes) {
    double[] b = bounds();
    int count = classes.values().size();
    int[][] own = new int[count][CELLS * CELLS];
    int[] all = new int[CELLS * CELLS];
    byte[] positions = classes.positions();
    for (int i = 0; i < x.length; i++) {
      int cell = cell(x[i], b[0], b[1]) + CELLS * cell(y[i], b[2], b[3]);
      own[positions[i] & 0xff][cell]++;
      all[cell]++;
    }
    boolean[] taken = new boolean[CELLS * CELLS];
    double[][] places = new double[count][];
    for (int c = 0; c < count; c++) {
      int best = best(own[c], all, taken);
      taken[best] = true;
      int column = best % CELLS;
      int row = best / CELLS;
      places[c] =
          new double[] {
            b[0] + (b[1] - b[0]) * (column + 0.5) / CELLS,
            b[2] + (b[3] - b[2]) * (row + 0.5) / CELLS
          };
    }
    return places;
  }

  private static int best(int[] own, int[] all, boolean[] taken) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int cell = 0; cell < own.length; cell++) {
      double score = own[cell] - OTHERS * (all[cell] - own[cell]) - (taken[cell] ? 1e9 : 0);
      if (own[cell] > 0 && score > most) {
        best = cell;
        most = score;
      }
    }
    return best;
  }

  private static int cell(double value, double from, double to) {
    return Math.min(CELLS - 1, (int) (CELLS * (value - from) / (to - from)));
  }

  private static double[] range(float[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float v : values) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    double margin = Math.max(0.05 * (high - low), 0.5);
    return new double[] {low - margin, high + margin};
  }
}
