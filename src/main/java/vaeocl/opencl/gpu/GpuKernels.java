package vaeocl.opencl.gpu;

import java.util.List;
import java.util.Set;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** The kernels of {@code kernels/gpu}. */
record GpuKernels(GpuTiling tiling, Workspace workspace) implements Kernels {
  @Override
  public Lowering lowering(List<Group> groups, Launches launches) {
    return new GpuLowering(tiling, workspace.store(), launches);
  }

  @Override
  public Set<Tensor> transposable(Op op) {
    if (op instanceof Op.Gather o) {
      return Set.of(o.x());
    } else if (op instanceof Op.Dense o) {
      return Set.of(o.y());
    } else if (op instanceof Op.Latent o) {
      return Set.of(o.z());
    } else if (op instanceof Op.Reconstruction o) {
      return Set.of(o.dLogit());
    } else if (op instanceof Op.DenseBackward o) {
      return Set.of(o.dx());
    } else if (op instanceof Op.LatentBackward o) {
      return Set.of(o.dHeads());
    }
    return Set.of();
  }
}
