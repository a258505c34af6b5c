package vaeocl.opencl;

import java.util.List;
import java.util.Set;
import vaeocl.opencl.device.ClContext;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.device.Programs;
import vaeocl.opencl.plan.Fusion;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Matcher;
import vaeocl.opencl.plan.TensorStore;
import vaeocl.opencl.plan.Tiling;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Backend;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;

/**
 * Operations on an OpenCL device. A list of them becomes a plan in two steps: {@link Matcher} forms
 * groups by the tiling's fusions, and the tiling's kernels turn each group into launches.
 */
public final class DeviceBackend implements Backend {
  private final Tiling tiling;
  private final List<Fusion> fusions;
  private final Workspace workspace;
  private final Kernels kernels;
  private final boolean owner;
  private PlanCheck planCheck = PlanCheck.NONE;

  /** A device with the tiling that suits it. */
  public DeviceBackend(ClDevice device, KernelSource source) {
    this(device, source, Tilings.suiting(device.info()).of(device.info()), Mode.NORMAL);
  }

  /** A device with a tiling of choice, in a mode of choice. */
  public DeviceBackend(ClDevice device, KernelSource source, Tiling tiling, Mode mode) {
    this(device, source, tiling, mode, true);
  }

  /**
   * @param fuse whether kernels may carry out several operations at once
   */
  public DeviceBackend(
      ClDevice device, KernelSource source, Tiling tiling, Mode mode, boolean fuse) {
    this(tiling, mode, fuse, new ClContext(device, mode == Mode.PROFILED), source);
  }

  private DeviceBackend(
      Tiling tiling, Mode mode, boolean fuse, ClContext context, KernelSource source) {
    this(tiling, mode, fuse, new Programs(context, source, tiling.options()), context, true);
  }

  /** One of several on a device, which share its programs and leave them open. */
  DeviceBackend(Tiling tiling, Programs programs, ClContext context) {
    this(tiling, Mode.NORMAL, true, programs, context, false);
  }

  private DeviceBackend(
      Tiling tiling, Mode mode, boolean fuse, Programs programs, ClContext context, boolean owner) {
    this.tiling = tiling;
    this.owner = owner;
    fusions = fuse ? tiling.fusions() : List.of();
    boolean guarded = mode == Mode.GUARDED;
    workspace =
        new Workspace(
            context,
            programs,
            new TensorStore(context, tiling.layout(), guarded),
            guarded,
            mode == Mode.PROFILED ? new Profiler(context) : null);
    kernels = tiling.on(workspace);
  }

  public Tiling tiling() {
    return tiling;
  }

  /** The device made ready. */
  public ClContext context() {
    return workspace.context();
  }

  Programs programs() {
    return workspace.programs();
  }

  /** A look inside, for checks and measurements. */
  public Inspection inspect() {
    return new Inspection(workspace, kernels);
  }

  @Override
  public Plan compile(List<Op> ops, Set<Tensor> keep) {
    Plan plan = new DevicePlan(workspace, kernels, Matcher.groups(ops, keep, fusions), keep);
    try {
      planCheck.check(ops, plan);
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
    return plan;
  }

  /** Has every plan from now on checked as it is compiled. */
  public void checkPlans(PlanCheck check) {
    planCheck = check;
  }

  @Override
  public void write(Tensor tensor, float[] values) {
    workspace.store().write(tensor, values);
  }

  @Override
  public void write(Tensor tensor, int[] values) {
    workspace.store().write(tensor, values);
  }

  @Override
  public void write(Tensor tensor, byte[] values) {
    workspace.store().write(tensor, values);
  }

  @Override
  public float[] read(Tensor tensor) {
    return workspace.store().read(tensor);
  }

  @Override
  public double[] sums(Tensor slots, int first, int count) {
    return workspace.store().sums(slots, first, count);
  }

  /** {@link Tiling#neighbours}. */
  public int neighbours() {
    return tiling.neighbours();
  }

  @Override
  public void finish() {
    workspace.context().finish();
  }

  @Override
  public void close() {
    if (owner) {
      workspace.programs().close();
    }
    kernels.close();
    workspace.store().close();
    if (owner) {
      workspace.context().close();
    }
  }
}
