package vaeocl.opencl.gpu;

import java.util.List;
import vaeocl.opencl.device.DeviceLimitException;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.Launches;
import vaeocl.ops.Op;

/** Adds launches of work-groups that compute a tile each, in the first share that a kernel fits. */
record Tiles(GpuTiling tiling, Launches launches) {
  /** One work-group a tile of activations [rows, cols]. */
  void ofActivations(
      String file, String options, String kernel, Args args, int rows, int cols, List<Op> covers) {
    add(
        file,
        options,
        kernel,
        args,
        s -> new int[] {s.batchTiles(rows), Share.panels(cols)},
        covers);
  }

  /** One work-group for each tile of weights, so many down by so many panels. */
  void ofWeights(
      String file,
      String options,
      String kernel,
      Args args,
      int down,
      int panels,
      List<Op> covers) {
    add(file, options, kernel, args, share -> new int[] {down, panels}, covers);
  }

  private interface Groups {
    int[] of(Share share);
  }

  private void add(
      String file, String options, String kernel, Args args, Groups groups, List<Op> covers) {
    DeviceLimitException none = null;
    for (Share share : tiling.shares()) {
      int[] count = groups.of(share);
      long[] global = {(long) count[0] * share.group(), count[1]};
      long[] local = {share.group(), 1};
      try {
        String all = (share.options() + " " + options).strip();
        launches.add(file, all, kernel, args, global, local, covers);
        return;
      } catch (DeviceLimitException e) {
        none = e;
      }
    }
    throw none;
  }
}
