package vaeocl.opencl;

/** Sizes of what says where a matrix is not zero: {@code kernels/tile_cpu.cl} has the layouts. */
final class NonZero {
  private NonZero() {}

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
}
