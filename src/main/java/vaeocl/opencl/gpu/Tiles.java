package vaeocl.opencl.gpu;

import java.util.List;
import vaeocl.opencl.device.DeviceLimitException;
import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.Launches;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Adds launches of work-groups that compute a tile each, in the largest groups that a kernel fits.
 *
 * @param localBytes of local memory that a work-group can have
 */
record Tiles(GpuTiling tiling, Launches launches, long localBytes) {
  /** Whether there is room for so many bytes beside the operands and sums of a product. */
  boolean room(Share share, long bytes) {
    return share.localBytes() + bytes <= localBytes;
  }

  /** One work-group for each tile of the activations that are made. */
  void ofActivations(
      Share share,
      String file,
      String options,
      String kernel,
      Args args,
      Tensor made,
      List<Op> covers) {
    int down = share.batchTiles(made.rows());
    add(share, file, options, kernel, args, down, share.across(made.cols()), covers);
  }

  /** How the product that makes these activations is shared out. */
  Share share(Tensor made) {
    return tiling.shareOf(made.rows(), made.cols());
  }

  /** So many work-groups down and across, one for each tile. */
  void add(
      Share share,
      String file,
      String options,
      String kernel,
      Args args,
      int down,
      int across,
      List<Op> covers) {
    DeviceLimitException none = null;
    for (Share s : GpuTiling.withSmaller(share)) {
      long[] global = {(long) down * s.group(), across};
      long[] local = {s.group(), 1};
      try {
        String all = (s.options() + " " + options).strip();
        launches.add(file, all, kernel, args, global, local, covers);
        return;
      } catch (DeviceLimitException e) {
        none = e;
      }
    }
    throw none;
  }
}
