package vaeocl.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A grey picture.
 *
 * @param pixels [height, width], unsigned, 0 black
 */
record Gray(int width, int height, byte[] pixels) {
  /** Between tiles: seen on black pictures, on a white page and on a dark one. */
  private static final byte GAP = (byte) 140;

  /**
   * Tiles side by side, row by row.
   *
   * @param tiles [rows·columns][h·w]
   * @param zoom pixels of the result for each of a tile, across and down
   * @param across pixels before a column, from its number; none before the first
   * @param down pixels between rows
   */
  static Gray grid(
      byte[][] tiles, int columns, int h, int w, int zoom, IntUnaryOperator across, int down) {
    int rows = tiles.length / columns;
    int[] x = starts(columns, w * zoom, across);
    int[] y = starts(rows, h * zoom, i -> down);
    Gray grid = new Gray(x[columns], y[rows], new byte[x[columns] * y[rows]]);
    Arrays.fill(grid.pixels, GAP);
    for (int t = 0; t < rows * columns; t++) {
      grid.put(tiles[t], h, w, zoom, x[t % columns], y[t / columns]);
    }
    return grid;
  }

  private static int[] starts(int count, int size, IntUnaryOperator gap) {
    int[] starts = new int[count + 1];
    for (int i = 1; i < count; i++) {
      starts[i] = starts[i - 1] + size + gap.applyAsInt(i);
    }
    starts[count] = starts[count - 1] + size;
    return starts;
  }

  private void put(byte[] tile, int h, int w, int zoom, int left, int top) {
    for (int y = 0; y < h * zoom; y++) {
      for (int x = 0; x < w * zoom; x++) {
        pixels[(top + y) * width + left + x] = tile[y / zoom * w + x / zoom];
      }
    }
  }

  /** Draws it pixel by pixel: Java's own conversion of grey pictures would brighten them. */
  void drawOn(BufferedImage image, int left, int top) {
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = (pixels[y * width + x] & 0xff) * 0x010101;
      }
      image.setRGB(left, top + y, width, 1, row, 0, width);
    }
  }

  /** A PNG file that holds exactly these pixels. */
  byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, pixels);
    return Png.encode(image);
  }
}
