package vaeocl.opencl.cpu;

import vaeocl.opencl.device.DeviceBuffer.Element;

/**
 * The two forms in which it is known where a matrix [samples, features] is not zero, in tiles of R
 * rows and panels of P columns; {@code kernels/cpu/nonzero.cl} has the layouts. For a matrix of
 * four samples and six features with R = 2 and P = 4, where . is zero:
 *
 * <pre>
 *   1 . . 2 . .     COLUMNS  row tile 0: 1001 00; row tile 1: 0000 01
 *   . . . 3 . .     SAMPLES  features 0-1: 10 00, features 2-3: 11 00, features 4-5: 00 01
 *   . . . . . .
 *   . . . . . 4
 * </pre>
 */
enum NonZeroForm {
  /** For each row tile the columns that are not all zero in it: a word of bits a panel. */
  COLUMNS(Element.INT),
  /**
   * For each R features the samples in which they are not all zero: a byte of R bits a row tile.
   */
  SAMPLES(Element.ULONG);

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
      case COLUMNS -> (long) tiling.rowTiles(samples) * tiling.panels(features);
      case SAMPLES -> (long) tiling.tilesInPanels(features) * words(tiling, samples);
    };
  }

  /** Words of samples: WORDS in the kernels. */
  static int words(CpuTiling tiling, int samples) {
    return (tiling.rowTiles(samples) + Long.BYTES - 1) / Long.BYTES;
  }
}
