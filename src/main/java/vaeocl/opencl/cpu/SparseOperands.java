package vaeocl.opencl.cpu;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.plan.Group;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/**
 * Which products of a plan leave out zeros of an operand: that of images, most of whose pixels are
 * zero, and that of layers whose activation gives zeros. Where the zeros are is known of what the
 * plan itself writes.
 *
 * @param images written by a Gather
 * @param rectified written by a Dense whose activation gives zeros
 * @param zeroAlike for a gradient the activation that it went back through, with which it is zero
 */
record SparseOperands(Set<Tensor> images, Set<Tensor> rectified, Map<Tensor, Tensor> zeroAlike) {
  /** Width of a product from which it pays to look for the zeros of a layer's output. */
  private static final int LEAST_WIDTH = 64;

  /** No product leaves out anything. */
  static SparseOperands none() {
    return new SparseOperands(Set.of(), Set.of(), Map.of());
  }

  /** Those of a plan. */
  static SparseOperands of(List<Group> groups) {
    SparseOperands found = new SparseOperands(new HashSet<>(), new HashSet<>(), new HashMap<>());
    groups.forEach(g -> g.ops().forEach(found::add));
    return found;
  }

  private void add(Op op) {
    if (op instanceof Op.Gather o) {
      images.add(o.x());
    } else if (op instanceof Op.Dense o && o.f().givesZeros()) {
      rectified.add(o.y());
    } else if (op instanceof Op.DenseBackward o && o.f().givesZeros()) {
      zeroAlike.put(o.dx(), o.x());
    }
  }

  /**
   * Makes sure that it is kept where what an operation reads is not zero, as its kernel reads it.
   */
  void declare(Op op, NonZeroStore nonZero) {
    if (op instanceof Op.Dense o && skips(o)) {
      nonZero.get(o.x(), NonZeroForm.COLUMNS);
    } else if (op instanceof Op.DenseBackward o && skips(o)) {
      nonZero.get(o.x(), NonZeroForm.SAMPLES);
    } else if (op instanceof Op.Gradient o && skips(o)) {
      nonZero.get(o.x(), NonZeroForm.SAMPLES);
      if (alike(o) != null) {
        nonZero.zeroAlike(o.dy(), alike(o));
      }
    }
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

  /** The activation with which a gradient's dy is zero, where that is of use; else null. */
  Tensor alike(Op.Gradient o) {
    Tensor activation = zeroAlike.get(o.dy());
    return skips(o) && rectified.contains(activation) ? activation : null;
  }
}
