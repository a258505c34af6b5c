package vaeocl.opencl.plan;

import java.util.Arrays;
import vaeocl.opencl.device.DeviceLimitException;

/**
 * The panel layout of {@code kernels/lib/panel.cl}: columns in panels, each stored row by row, both
 * dimensions padded.
 *
 * @param width of a panel, a power of two
 * @param whole what both dimensions are padded to a multiple of, one of the width
 */
public record Panels(int width, int whole) implements Layout {
  /** Floats that lie a multiple of this apart meet in few sets of a cache. */
  private static final int ALIASED = 1024;

  /** Height and width of blocks that are moved at once: the floats of a cache line. */
  private static final int BLOCK = 16;

  public Panels {
    if (Integer.bitCount(width) != 1) {
      throw new IllegalArgumentException("panels are a power of two wide, not " + width);
    }
    if (whole <= 0 || whole % width != 0) {
      throw new IllegalArgumentException("not whole panels of " + width + ": " + whole);
    }
  }

  /** Padded to whole panels. */
  public Panels(int width) {
    this(width, width);
  }

  /** The compiler's options by which kernels lay out as this does. */
  public String options() {
    String padded = whole == width ? "" : " -DWHOLE=" + whole;
    return "-DP=" + width + padded + " -DALIASED=" + ALIASED;
  }

  @Override
  public boolean weightsTransposed() {
    return true;
  }

  /** n padded to whole tiles either way. */
  private int whole(int n) {
    return (n + whole - 1) / whole * whole;
  }

  /** The same for rows, and to a good distance of panels: PAD in panel.cl. */
  private int pad(int rows) {
    int whole = whole(rows);
    return whole * width % ALIASED == 0 ? whole + 1 : whole;
  }

  /** Panels that hold so many columns. */
  public int count(int cols) {
    return (cols + width - 1) / width;
  }

  @Override
  public int size(int rows, int cols) {
    return requireSmall((long) pad(rows) * whole(cols), rows, cols);
  }

  @Override
  public int rowSize(int cols) {
    return whole(cols);
  }

  static int requireSmall(long size, int rows, int cols) {
    if (size > Integer.MAX_VALUE) {
      throw new DeviceLimitException(
          "a matrix of " + rows + "x" + cols + " is too large; take a smaller batch or layer");
    }
    return (int) size;
  }

  @Override
  public int at(int rows, int cols, int row, int col) {
    return at(rows, row, col);
  }

  private int at(int rows, int row, int col) {
    return col / width * pad(rows) * width + row * width + col % width;
  }

  /** A few rows of a column: from where on they lie in either form, and how far apart. */
  private interface Block {
    void move(int inPanels, int inRows, int step, int height);
  }

  /** A matrix in blocks whose lines stay in the first cache, also where one side is transposed. */
  private void blocks(int rows, int cols, boolean transposed, Block block) {
    int step = transposed ? 1 : cols;
    for (int first = 0; first < cols; first += BLOCK) {
      for (int r = 0; r < rows; r += BLOCK) {
        for (int c = first; c < Math.min(cols, first + BLOCK); c++) {
          int inRows = transposed ? c * rows + r : r * cols + c;
          block.move(at(rows, r, c), inRows, step, Math.min(BLOCK, rows - r));
        }
      }
    }
  }

  @Override
  public float[] pack(int rows, int cols, float[] values, boolean transposed, float padding) {
    float[] packed = new float[size(rows, cols)];
    Arrays.fill(packed, padding);
    blocks(
        rows,
        cols,
        transposed,
        (to, from, step, height) -> {
          for (int i = 0; i < height; i++) {
            packed[to + i * width] = values[from + i * step];
          }
        });
    return packed;
  }

  @Override
  public float[] unpack(int rows, int cols, float[] packed, boolean transposed) {
    float[] values = new float[rows * cols];
    blocks(
        rows,
        cols,
        transposed,
        (from, to, step, height) -> {
          for (int i = 0; i < height; i++) {
            values[to + i * step] = packed[from + i * width];
          }
        });
    return values;
  }
}
