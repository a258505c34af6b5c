package vaeocl.opencl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vaeocl.opencl.NonZeroStore.Form;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;

/** Operations on an OpenCL device. */
public final class DeviceBackend implements Backend {
  private final ClContext context;
  private final Tiling tiling;
  private final KernelSource source;
  private final TensorStore store;
  private final Profiler profiler;
  private final Mode mode;
  private final Map<String, KernelProgram> programs = new HashMap<>();

  /** A device with the tiling that suits it. */
  public DeviceBackend(ClDevice device, KernelSource source) {
    this(device, source, Tiling.of(device.info()), Mode.NORMAL);
  }

  /** A device with a tiling of choice, in a mode of choice. */
  public DeviceBackend(ClDevice device, KernelSource source, Tiling tiling, Mode mode) {
    this.context = new ClContext(device, mode == Mode.PROFILED);
    this.tiling = tiling;
    this.source = source;
    this.mode = mode;
    this.store = new TensorStore(context, tiling, mode == Mode.GUARDED);
    this.profiler = mode == Mode.PROFILED ? new Profiler(context) : null;
  }

  public Tiling tiling() {
    return tiling;
  }

  ClContext context() {
    return context;
  }

  /** Null unless times are recorded. */
  Profiler profiler() {
    return profiler;
  }

  /** The times of all launches since the last call, where the mode is {@link Mode#PROFILED}. */
  public List<LaunchTime> takeTimes() {
    if (profiler == null) {
      throw new IllegalStateException("this backend does not record times");
    }
    return profiler.take();
  }

  /** Forgets the times of all launches until now, if any were recorded. */
  public void discardTimes() {
    if (profiler != null) {
      profiler.discard();
    }
  }

  /** Whether all launches of a plan of this backend run as one, so that threads share them. */
  public boolean joins(Plan plan) {
    return ((DevicePlan) plan).joined();
  }

  /** Runs a plan of this backend and waits for each launch; times by the host's clock. */
  public List<LaunchTime> timeByWaiting(Plan plan, Batches batches) {
    return ((DevicePlan) plan).runWaiting(batches);
  }

  TensorStore store() {
    return store;
  }

  KernelSource source() {
    return source;
  }

  /** Whether a plan's launches may become one. */
  boolean joinsLaunches() {
    return mode != Mode.GUARDED;
  }

  /** The program of a file, compiled once for each set of further options. */
  KernelProgram program(String file, String options) {
    return programs.computeIfAbsent(
        file + options,
        key ->
            new KernelProgram(
                context,
                source.program(List.of(file)),
                file,
                tiling.options() + options + workarounds()));
  }

  /** Oclgrind's search for uninitialised values does not know what optimisers make of code. */
  private String workarounds() {
    return context.info().platform().startsWith("Oclgrind") ? " -cl-opt-disable" : "";
  }

  @Override
  public Plan compile(List<Op> ops, Set<Tensor> keep) {
    return new Planner(this, List.copyOf(ops), Set.copyOf(keep)).plan();
  }

  @Override
  public void write(Tensor tensor, float[] values) {
    store.write(tensor, values);
  }

  @Override
  public void write(Tensor tensor, int[] values) {
    store.write(tensor, values);
  }

  @Override
  public void write(Tensor tensor, byte[] values) {
    store.write(tensor, values);
  }

  @Override
  public float[] read(Tensor tensor) {
    return store.read(tensor);
  }

  /**
   * Makes the device keep an activation both as it is and transposed; for checks, before compiling.
   */
  public void keepAllForms(Tensor tensor) {
    store.own(tensor);
    store.transposed(tensor);
  }

  /** Every form in which the device keeps an activation: as it is and transposed; for checks. */
  public List<float[]> readAllForms(Tensor tensor) {
    return store.readAllForms(tensor);
  }

  /** The share of an operation's work that zeros of the last batch left to do. */
  public double share(Op op) {
    if (op instanceof Op.Dense o && store.nonZero().getOrNull(o.x(), Form.LIST) != null) {
      return store.nonZero().listed(o.x());
    }
    boolean gradient = op instanceof Op.Gradient || op instanceof Op.DenseBackward;
    Tensor x =
        op instanceof Op.Gradient g ? g.x() : op instanceof Op.DenseBackward b ? b.x() : null;
    if (gradient && store.nonZero().getOrNull(x, Form.SETS) != null) {
      return store.nonZero().both(x, op instanceof Op.Gradient g ? g.dy() : null);
    }
    return 1;
  }

  /** Overwrites what the device holds of a tensor with NaN; for checks. */
  public void poison(Tensor tensor) {
    store.poison(tensor);
  }

  /** Throws where a kernel wrote behind the end of a guarded buffer. */
  public void checkGuards() {
    store.checkGuards();
  }

  @Override
  public double[] sums(Tensor slots, int first, int count) {
    return store.sums(slots, first, count);
  }

  /** Rows of a batch, or units of a layer, whose zeros are left out where all have them; else 1. */
  public int neighbours() {
    return tiling.skipsZeros() ? tiling.rows() : 1;
  }

  @Override
  public void finish() {
    context.finish();
  }

  @Override
  public void close() {
    programs.values().forEach(KernelProgram::close);
    store.close();
    context.close();
  }
}
