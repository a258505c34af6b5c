package vaeocl.opencl.cpu;

import java.util.List;
import java.util.Set;
import vaeocl.opencl.plan.Group;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Launches;
import vaeocl.opencl.plan.Lowering;
import vaeocl.opencl.plan.Runner;
import vaeocl.opencl.plan.Work;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Op;
import vaeocl.ops.Tensor;

/** The kernels of {@code kernels/cpu}, and where the tensors they treat are not zero. */
final class CpuKernels implements Kernels {
  private final CpuTiling tiling;
  private final Workspace workspace;
  private final NonZeroStore nonZero;

  CpuKernels(CpuTiling tiling, Workspace workspace) {
    this.tiling = tiling;
    this.workspace = workspace;
    nonZero = new NonZeroStore(workspace.context(), tiling, workspace.guarded());
  }

  @Override
  public Lowering lowering(List<Group> groups, Launches launches) {
    SparseOperands sparse = tiling.skipsZeros() ? SparseOperands.of(groups) : SparseOperands.none();
    return new CpuLowering(tiling, workspace.store(), nonZero, sparse, launches);
  }

  @Override
  public Runner runner(List<Work> works, Runner oneByOne) {
    return PersistentStep.suits(workspace, works)
        ? new JoinedRunner(workspace, works, oneByOne)
        : oneByOne;
  }

  @Override
  public Set<Tensor> transposable(Op op) {
    if (op instanceof Op.Gather o) {
      return Set.of(o.x());
    }
    return op instanceof Op.Dense o ? Set.of(o.y()) : Set.of();
  }

  @Override
  public double share(Op op) {
    if (op instanceof Op.Dense o && nonZero.getOrNull(o.x(), NonZeroForm.COLUMNS) != null) {
      return nonZero.columns(o.x());
    }
    if (op instanceof Op.Gradient o && nonZero.getOrNull(o.x(), NonZeroForm.SAMPLES) != null) {
      return nonZero.samples(o.x(), o.dy());
    }
    if (op instanceof Op.DenseBackward o && nonZero.getOrNull(o.x(), NonZeroForm.SAMPLES) != null) {
      return nonZero.samples(o.x(), null);
    }
    return 1;
  }

  @Override
  public void poison(Tensor t) {
    nonZero.poison(t);
  }

  @Override
  public void checkGuards() {
    nonZero.checkGuards();
  }

  @Override
  public void close() {
    nonZero.close();
  }
}
