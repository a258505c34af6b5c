package vaeocl.report;

import java.util.List;
import java.util.function.IntUnaryOperator;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Sheet;

/**
 * A picture made of pictures.
 *
 * @param file its name in the run folder
 * @param caption what is to be seen, in a sentence or two
 * @param rowLabels one for each row of tiles, or none at all
 * @param tiles [rows·columns][height·width] of one picture each
 * @param tileWidth the longer side that a tile should have on paper, in points of the title's scale
 * @param gap points between rows, and between columns
 * @param apart whether the first and the last column stand apart
 * @param block rows of an upper part, which stands apart from the rest; 0 for none
 */
record Figure(
    String file,
    String title,
    String caption,
    List<String> rowLabels,
    byte[][] tiles,
    int columns,
    int height,
    int width,
    int tileWidth,
    int gap,
    boolean apart,
    int block) {
  /** The grey between tiles: seen on black pictures, on a white page and on a dark one. */
  private static final int GAP = 140;

  /** Points between parts that stand apart. */
  private static final int APART = 10;

  /** Pictures of a run's size. */
  static Figure of(
      Analysis run,
      String file,
      String title,
      String caption,
      List<String> rowLabels,
      List<byte[]> tiles,
      int columns,
      int tileWidth,
      int gap) {
    return new Figure(
        file,
        title + run.settings().suffix(),
        caption,
        rowLabels,
        tiles.toArray(byte[][]::new),
        columns,
        run.rows(),
        run.cols(),
        tileWidth,
        gap,
        false,
        0);
  }

  /** The same, its first and last column apart from the rest, and so many upper rows. */
  Figure withEndsApart(int upper) {
    return new Figure(
        file, title, caption, rowLabels, tiles, columns, height, width, tileWidth, gap, true,
        upper);
  }

  /** The middle of a row, in points from the top of a picture that is so many points high. */
  int middle(int row, int points) {
    int apart = block > 0 ? APART - gap : 0;
    int rows = (tiles.length + columns - 1) / columns;
    return (points - apart) * (2 * row + 1) / (2 * rows) + (block > 0 && row >= block ? apart : 0);
  }

  /** The tiles alone, drawn for a screen or paper of so many pixels a point. */
  GreyImage image(int scale) {
    int wanted = tileWidth * scale;
    int side = Math.max(height, width);
    int zoom = Math.max(1, Math.round((float) wanted / side));
    int skip = Math.max(1, side / wanted);
    int w = (width + skip - 1) / skip;
    int h = (height + skip - 1) / skip;
    byte[][] drawn = skip == 1 ? tiles : new byte[tiles.length][h * w];
    for (int t = 0; skip > 1 && t < tiles.length; t++) {
      for (int i = 0; i < h * w; i++) {
        drawn[t][i] = tiles[t][i / w * skip * width + i % w * skip];
      }
    }
    IntUnaryOperator across = i -> scale * (apart && (i == 1 || i == columns - 1) ? APART : gap);
    IntUnaryOperator down = i -> scale * (i == block ? APART : gap);
    return new Sheet(h, w, columns, zoom, across, down, GAP).of(drawn);
  }
}
