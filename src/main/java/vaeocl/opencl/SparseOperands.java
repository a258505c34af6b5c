package vaeocl.opencl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Which products of a plan leave out zeros of an operand: that of images, most of whose pixels are
 * zero, and that of layers whose activation gives zeros. Where the zeros are is known of what the
 * plan itself writes.
 *
 * @param images written by a Gather
 * @param rectified written by a Dense whose activation gives zeros
 */
record SparseOperands(Set<Tensor> images, Set<Tensor> rectified) {
  /** Width of a product from which it pays to look for the zeros of a layer's output. */
  private static final int LEAST_WIDTH = 64;

  /** No product leaves out anything. */
  static final SparseOperands NONE = new SparseOperands(Set.of(), Set.of());

  /** Those of a list of operations. */
  static SparseOperands of(List<Op> ops) {
    Set<Tensor> images = new HashSet<>();
    Set<Tensor> rectified = new HashSet<>();
    for (Op op : ops) {
      if (op instanceof Op.Gather o) {
        images.add(o.x());
      } else if (op instanceof Op.Dense o && o.f().givesZeros()) {
        rectified.add(o.y());
      }
    }
    return new SparseOperands(images, rectified);
  }

  /** Whether a product skips the zeros of its input. */
  boolean skips(Op.Dense o) {
    return skips(o.x(), o.y().cols());
  }

  /** Whether a gradient skips the zeros of its layer's input. */
  boolean skips(Op.Gradient o) {
    return skips(o.x(), o.dy().cols());
  }

  /** Whether what an activation made zero is left out on the way back. */
  boolean skips(Op.DenseBackward o) {
    return o.f().givesZeros() && rectified.contains(o.x()) && o.dy().cols() >= LEAST_WIDTH;
  }

  private boolean skips(Tensor operand, int width) {
    return images.contains(operand) || (rectified.contains(operand) && width >= LEAST_WIDTH);
  }
}
