package vaeocl.opencl.cpu;

import vaeocl.opencl.device.DeviceBuffer.Element;

/**
 * The four forms in which it is known where a matrix [samples, features] is not zero, in tiles of R
 * rows and panels of P columns; {@code kernels/cpu/tile.cl} has the layouts. For a matrix of four
 * samples and six features with R = 2 and P = 4, where . is zero:
 *
 * <pre>
 *   1 . . 2 . .     LIST     row tile 0: 2 columns, 0 and 3; row tile 1: 1 column, 5
 *   . . . 3 . .     PACKED   row tile 0: 1 . 2 3; row tile 1: . 4
 *   . . . . . .     MASKS    features 0-1: 1000, features 2-3: 1100, features 4-5: 0001
 *   . . . . . 4     FLAGS    panel 0: 1 1 0 0, panel 1: 0 0 0 1
 * </pre>
 */
enum NonZeroForm {
  /** For each row tile how many columns are not all zero, and which. */
  LIST(Element.INT),
  /** For each row tile the values of these columns, R a column. */
  PACKED(Element.FLOAT),
  /** For each R features a bitmask of the samples in which they are not all zero. */
  MASKS(Element.ULONG),
  /**
   * For each panel a byte for each sample, 1 where it is not all zero: several items can write it.
   */
  FLAGS(Element.UCHAR);

  private final Element element;

  NonZeroForm(Element element) {
    this.element = element;
  }

  Element element() {
    return element;
  }

  /** Elements of this form of a matrix. */
  long size(CpuTiling tiling, int samples, int features) {
    return switch (this) {
      case LIST -> (long) tiling.rowTiles(samples) * listRoom(features);
      case PACKED -> (long) tiling.rowTiles(samples) * tiling.rows() * features;
      case MASKS -> (long) tiling.rowTiles(features) * words(samples);
      case FLAGS -> (long) tiling.panels(features) * flags(samples);
    };
  }

  /** Room for the list of a row tile: LIST in the kernels. */
  static int listRoom(int features) {
    return features + 2;
  }

  /** Words of a bitmask: WORDS in the kernels. */
  static int words(int samples) {
    return (samples + Long.SIZE - 1) / Long.SIZE;
  }

  /** Flags of a panel: FLAGS in the kernels. */
  static int flags(int samples) {
    return Long.SIZE * words(samples);
  }
}
