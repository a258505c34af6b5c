package vaeocl.opencl.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vaeocl.opencl.device.BoundKernel;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.DeviceBuffer.Element;
import vaeocl.ops.Adam;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;

/** The launches of a plan as they are bound, and the little memory that they share. */
public final class Launches implements AutoCloseable {
  /** Batches a single upload of step lengths serves. */
  public static final int RUN_LIMIT = 512;

  private final Workspace workspace;
  private final DeviceBuffer run;
  private final Map<Adam, DeviceBuffer> rates = new HashMap<>();
  private final List<DeviceBuffer> own = new ArrayList<>();
  private final List<Work> works = new ArrayList<>();

  public Launches(Workspace workspace) {
    this.workspace = workspace;
    run = new DeviceBuffer(workspace.context(), "run", Element.INT, 6, false);
  }

  /** What every kernel is given: what lib/run.cl knows of the run, and the rows of a batch. */
  public Args args(int batch) {
    return new Args().with("run", run).with("batch", batch);
  }

  /** Adds an optimiser's constants, and its step lengths for each batch of a run. */
  public Args optimiser(Args args, Adam adam) {
    return args.with("rates", rates.computeIfAbsent(adam, this::stepLengths))
        .with("keep1", (float) (1 - adam.beta1()))
        .with("keep2", (float) (1 - adam.beta2()))
        .with("eps", (float) adam.eps());
  }

  private DeviceBuffer stepLengths(Adam adam) {
    return new DeviceBuffer(workspace.context(), "step lengths", Element.FLOAT2, RUN_LIMIT, false);
  }

  /** Memory for this plan alone. */
  public DeviceBuffer buffer(String name, Element element, long count) {
    DeviceBuffer buffer = new DeviceBuffer(workspace.context(), name, element, count, false);
    own.add(buffer);
    return buffer;
  }

  /** One work-item for each of count elements. */
  public void each(String file, String kernel, Args args, int count, int group, Op op) {
    long[] global = {roundUp(count, group)};
    add(file, "", kernel, args, global, new long[] {group}, List.of(op));
  }

  /**
   * Adds a launch.
   *
   * @param options of the compiler, for this file alone
   * @param global work-items in each dimension
   * @param local those of a work-group
   * @param covers the operations it carries out
   */
  public void add(
      String file,
      String options,
      String kernel,
      Args args,
      long[] global,
      long[] local,
      List<Op> covers) {
    BoundKernel bound =
        new BoundKernel(
            workspace.context(),
            workspace.programs().get(file, options),
            kernel,
            args.values(),
            global,
            local);
    works.add(new Work(bound, covers));
  }

  /** All launches so far, in order. */
  public List<Work> works() {
    return List.copyOf(works);
  }

  /** Tells the kernels of a run of batches, at most {@value #RUN_LIMIT}. */
  public void begin(Batches b) {
    int beta = Float.floatToRawIntBits((float) b.weights().beta());
    int scale = Float.floatToRawIntBits((float) b.weights().recon());
    run.write(new int[] {b.start(), b.slot(), (int) b.step(), beta, scale, b.count()});
    rates.forEach(
        (adam, buffer) -> {
          float[] pairs = new float[2 * b.count()];
          for (int i = 0; i < b.count(); i++) {
            pairs[2 * i] = (float) adam.stepSize(b.step() + i + 1);
            pairs[2 * i + 1] = (float) adam.rootScale(b.step() + i + 1);
          }
          buffer.write(pairs);
        });
  }

  /** The least multiple that is not below n. */
  public static int roundUp(int n, int to) {
    return (n + to - 1) / to * to;
  }

  @Override
  public void close() {
    works.forEach(w -> w.kernel().close());
    run.close();
    rates.values().forEach(DeviceBuffer::close);
    own.forEach(DeviceBuffer::close);
  }
}
