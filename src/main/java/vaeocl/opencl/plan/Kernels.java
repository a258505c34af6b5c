package vaeocl.opencl.plan;

import java.util.List;
import java.util.Set;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** A tiling's kernels on a device. */
public interface Kernels extends AutoCloseable {
  /** Ready to turn the groups of a plan into launches. */
  Lowering lowering(List<Group> groups, Launches launches);

  /**
   * How a plan's launches run.
   *
   * @param oneByOne by putting each into the queue
   */
  default Runner runner(List<Work> works, Runner oneByOne) {
    return oneByOne;
  }

  /** What of an operation's output its kernel can write transposed as well, for checks. */
  default Set<Tensor> transposable(Op op) {
    return Set.of();
  }

  /** The share of an operation's work that was done for the last batch: 1 if none was skipped. */
  default double share(Op op) {
    return 1;
  }

  /** Overwrites with NaN what is kept of a tensor beside its values; for checks. */
  default void poison(Tensor t) {}

  /** Throws where a kernel wrote behind the end of a guarded buffer. */
  default void checkGuards() {}

  @Override
  default void close() {}
}
