package vaeocl.opencl;

import java.util.ArrayList;
import java.util.List;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.LaunchTime;
import vaeocl.opencl.device.Profiler;
import vaeocl.opencl.plan.Kernels;
import vaeocl.opencl.plan.Layout;
import vaeocl.opencl.plan.Workspace;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;

/** A look into a backend, for checks and measurements; running needs none of it. */
public final class Inspection {
  private final Workspace workspace;
  private final Kernels kernels;

  Inspection(Workspace workspace, Kernels kernels) {
    this.workspace = workspace;
    this.kernels = kernels;
  }

  /** Makes the device keep an operation's output in every form its kernel can write. */
  public void keepAllForms(Op op) {
    for (Tensor t : kernels.transposable(op)) {
      workspace.store().own(t);
      workspace.store().transposed(t);
    }
  }

  /** Frees the memory of all tensors: what was written is lost. No plan may be open. */
  public void forget() {
    workspace.store().close();
  }

  /** What the device's memory holds of a tensor of floats, every form as it lies there. */
  public List<float[]> readRaw(Tensor tensor) {
    List<float[]> forms = new ArrayList<>();
    workspace.store().each(tensor, buffer -> forms.add(buffer.read()));
    return forms;
  }

  /** Where an element of a parameter lies in memory. */
  public int at(Tensor p, int row, int col) {
    Layout layout = workspace.store().layout();
    return p.role() == Role.BIAS
        ? col
        : layout.weightsTransposed()
            ? layout.at(p.cols(), p.rows(), col, row)
            : layout.at(p.rows(), p.cols(), row, col);
  }

  /** Floats that a parameter takes in memory. */
  public int room(Tensor p) {
    return Math.toIntExact(workspace.store().own(p).count());
  }

  /** Fills the memory of a parameter, padding too. */
  public void writeRaw(Tensor p, float[] memory) {
    workspace.store().own(p).write(memory);
  }

  /** Every form in which the device keeps a tensor, as the host sees them. */
  public List<float[]> readAllForms(Tensor tensor) {
    return workspace.store().readAllForms(tensor);
  }

  /** Overwrites what the device holds of a tensor with NaN. */
  public void poison(Tensor tensor) {
    workspace.store().each(tensor, DeviceBuffer::poison);
    kernels.poison(tensor);
  }

  /** Sets what the device holds of a tensor to zeros, as it was at first. */
  public void clear(Tensor tensor) {
    workspace.store().each(tensor, DeviceBuffer::clear);
  }

  /** Writes some rows of a data set's images, from one on. */
  public void writeImages(Tensor images, int first, byte[] rows) {
    workspace.store().own(images).write((long) first * images.cols(), rows);
  }

  /** Throws where a kernel wrote behind the end of a guarded buffer. */
  public void checkGuards() {
    workspace.store().checkGuards();
    kernels.checkGuards();
  }

  /** Floating-point operations that a launch did for the last batch, without those left out. */
  public double executedFlops(Launch launch) {
    return launch.covers().stream().mapToDouble(op -> op.flops() * kernels.share(op)).sum();
  }

  /** Whether a tensor that a plan's operations write reaches memory, in any form. */
  public boolean keeps(Plan plan, Tensor tensor) {
    return ((DevicePlan) plan).binds(tensor);
  }

  /** Whether threads share what would be launches by itself, as parts of one. */
  public boolean joined(Plan plan) {
    return ((DevicePlan) plan).joined();
  }

  /** {@link vaeocl.opencl.device.BoundKernel#privateBytes} of all launches of a plan together. */
  public long privateBytes(Plan plan) {
    return ((DevicePlan) plan).privateBytes();
  }

  /** Runs a plan and waits for each launch; times by the host's clock. */
  public List<LaunchTime> timeByWaiting(Plan plan, Batches batches) {
    return ((DevicePlan) plan).runWaiting(batches);
  }

  /** The times of all launches since the last call, where the mode is {@link Mode#PROFILED}. */
  public List<LaunchTime> takeTimes() {
    Profiler profiler = workspace.profiler();
    if (profiler == null) {
      throw new IllegalStateException("this backend does not record times");
    }
    return profiler.take();
  }

  /** Forgets the times of all launches until now, if any were recorded. */
  public void discardTimes() {
    if (workspace.profiler() != null) {
      workspace.profiler().discard();
    }
  }
}
