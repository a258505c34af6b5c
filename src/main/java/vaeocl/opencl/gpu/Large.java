package vaeocl.opencl.gpu;

import java.util.ArrayList;
import java.util.List;
import vaeocl.opencl.device.DeviceInfo;

/**
 * Products of so many tiles that these fill a device without slices: tiles of 64x64, of which a
 * work-item computes 8x8 sums. It reads 64 quads of floats for 1,024 multiplications then, where a
 * tile a panel wide takes 128.
 *
 * @param group work-items of a work-group
 * @param slab terms that a work-group brings into local memory at a time
 * @param from tiles of a product from which it is taken; never, if 0
 */
record Large(int group, int slab, int from) {
  /** Never taken. */
  static final Large NONE = new Large(0, 0, 0);

  private static final int SIDE = 2 * Share.PANEL;
  private static final int GROUP = 64;
  private static final int SLAB = 16;

  /** Tiles of a compute unit, so that one of them computes while the other waits for memory. */
  private static final int OF_UNIT = 2;

  /** Fewer do not fill any device whose compute units are worth the name. */
  private static final int LEAST = 128;

  Large {
    if (from != 0 && !Share.possible(group, SIDE, slab, 2 * Share.LEAST_ROWS, 2)) {
      throw new IllegalArgumentException(
          "work-groups of %d with slabs of %d for 64x64 tiles".formatted(group, slab));
    }
  }

  /** What a search combines. */
  private static final List<Integer> TRIED_GROUPS = List.of(64, 128);

  private static final List<Integer> TRIED_SLABS = List.of(16, 32);

  /** What suits a device. */
  static Large of(DeviceInfo device) {
    // Intel's compilers have no registers for 64 sums and spill them.
    boolean spills = device.vendor().startsWith("Intel");
    int from = Math.max(LEAST, OF_UNIT * device.computeUnits());
    return spills ? NONE : new Large(GROUP, SLAB, from);
  }

  /** What a search tries where the largest product has so many elements. */
  static List<Large> tried(long elements) {
    List<Large> tried = new ArrayList<>();
    if (elements / (SIDE * SIDE) >= LEAST) {
      tried.add(NONE);
      for (int group : TRIED_GROUPS) {
        TRIED_SLABS.forEach(slab -> tried.add(new Large(group, slab, LEAST)));
      }
    }
    return tried;
  }

  /** Its tiles in a matrix. */
  static long tiles(int rows, int cols) {
    return (long) ((rows + SIDE - 1) / SIDE) * ((cols + SIDE - 1) / SIDE);
  }

  Share share() {
    return new Share(group, SIDE, slab, 2 * Share.LEAST_ROWS, 2);
  }

  /** Whether a product of so many tiles takes it. */
  boolean takes(long tiles) {
    return from > 0 && tiles >= from;
  }
}
