package vaeocl.opencl.gpu;

import vaeocl.opencl.plan.Args;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.ops.Tensor;

/**
 * Products of a matrix [rows, features] and a narrow one, left in a part for each tile across the
 * features: {@code kernels/gpu/parts.cl}.
 */
record Parts(TensorStore store, Tiles tiles) {
  /** Columns of a narrow matrix up to which local memory can hold a large tile's rows of it. */
  private static final int LARGE_NARROW = 16;

  /** How the matrix is shared out that a narrow product comes from. */
  Share share(Tensor narrow, int features) {
    GpuTiling tiling = tiles.tiling();
    return narrow.cols() <= LARGE_NARROW ? tiling.shareOf(narrow.rows(), features) : tiling.share();
  }

  /** Sets the parts, which are to be written. */
  Args write(Args args, Tensor narrow, int features) {
    return args.with("parts", store.parts(narrow, count(narrow, features)));
  }

  /** Sets the parts, which are to be read, and how many there are. */
  Args read(Args args, Tensor narrow, int features) {
    return write(args, narrow, features).with("panels", count(narrow, features));
  }

  private int count(Tensor narrow, int features) {
    return share(narrow, features).across(features);
  }
}
