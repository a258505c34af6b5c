package vaeocl.opencl;

/**
 * Where a matrix [samples, features] is not zero, in the layouts of {@code kernels/cpu/tile.cl}.
 *
 * @param lists for each row tile how many columns are not all zero, which ones, and unused space
 * @param packed for each row tile the values of these columns, one column after the other, and
 *     unused space
 * @param sets for each row tile of the transpose the samples in which it is not all zero
 */
record NonZero(int[] lists, float[] packed, long[] sets) {
  /** Room for the list of a tile: LIST in the kernels. */
  static int listRoom(int cols) {
    return cols + 2;
  }

  /** Room for the values of a tile: PACKED. */
  static int packedRoom(int cols, Tiling tiling) {
    return cols * tiling.rows();
  }

  /** Words of a set of samples: WORDS. */
  static int words(int samples) {
    return (samples + 63) / 64;
  }

  /** Room for flags of samples, a byte each: FLAGS. */
  static int flags(int samples) {
    return Long.SIZE * words(samples);
  }

  /** Finds them in values row by row. */
  static NonZero of(float[] values, int rows, int cols, Tiling tiling) {
    int height = tiling.rows();
    int tiles = tiling.rowTiles(rows);
    int[] lists = new int[tiles * listRoom(cols)];
    float[] packed = new float[tiles * packedRoom(cols, tiling)];
    long[] sets = new long[tiling.rowTiles(cols) * words(rows)];
    float[] column = new float[height];
    for (int tile = 0; tile < tiles; tile++) {
      int list = tile * listRoom(cols);
      for (int c = 0; c < cols; c++) {
        boolean any = false;
        for (int i = 0; i < height; i++) {
          int r = tile * height + i;
          column[i] = r >= rows ? 0 : values[r * cols + c];
          if (column[i] != 0) {
            any = true;
            sets[c / height * words(rows) + r / 64] |= 1L << r % 64;
          }
        }
        if (any) {
          int place = tile * packedRoom(cols, tiling) + lists[list] * height;
          System.arraycopy(column, 0, packed, place, height);
          lists[list + ++lists[list]] = c;
        }
      }
    }
    return new NonZero(lists, packed, sets);
  }
}
