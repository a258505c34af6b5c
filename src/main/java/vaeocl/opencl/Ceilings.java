package vaeocl.opencl;

import java.util.Map;
import vaeocl.opencl.device.BoundKernel;
import vaeocl.opencl.device.DeviceBuffer;
import vaeocl.opencl.device.DeviceBuffer.Element;
import vaeocl.opencl.device.DeviceKind;
import vaeocl.opencl.device.KernelProgram;

/**
 * What the device can do at the most, measured by {@code kernels/probe.cl}.
 *
 * @param gflops fused multiply-adds in registers, each counted as two operations, 10⁹/s
 * @param copyGbps copying between two buffers larger than caches, bytes read and written, 10⁹/s
 */
public record Ceilings(double gflops, double copyGbps) {
  /** Independent sums of a work-item: enough to keep all units busy until the first is done. */
  private static final int CHAINS = 12;

  /** The best of so many tries counts: a ceiling is not lowered by what else runs. */
  private static final int TRIES = 8;

  /** Seconds a try should take. */
  private static final double TRY_SECONDS = 0.03;

  private static final long COPY_BYTES = 128L << 20;

  /** Measures a device; takes less than a second on most. */
  public static Ceilings measure(DeviceBackend backend) {
    return new Ceilings(fma(backend), copy(backend));
  }

  /** The higher of two measurements: whatever else ran during one of them could only lower it. */
  public Ceilings max(Ceilings other) {
    return new Ceilings(Math.max(gflops, other.gflops), Math.max(copyGbps, other.copyGbps));
  }

  private static double fma(DeviceBackend backend) {
    int vector = vector(backend);
    int items = items(backend);
    try (DeviceBuffer out = floats(backend, "fma probe", (long) items * vector)) {
      int rounds = 1000;
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        Map<String, Object> args = Map.of("out", out, "rounds", rounds, "a", 0.999f, "b", 0.001f);
        double seconds = seconds(backend, "fma_probe", args, items);
        double operations = 2.0 * CHAINS * vector * items * rounds;
        best = Math.max(best, operations / seconds / 1e9);
        rounds = (int) Math.max(100, Math.min(1 << 24, rounds * TRY_SECONDS / seconds));
      }
      return best;
    }
  }

  private static double copy(DeviceBackend backend) {
    int vector = vector(backend);
    boolean cpu = cpu(backend);
    long limit = backend.context().info().maxAllocBytes();
    int vectors = (int) (Math.min(COPY_BYTES, limit) / 4 / vector);
    int items = cpu ? items(backend) : Math.min(vectors, 256 * items(backend));
    int count = vectors / items;
    try (DeviceBuffer from = floats(backend, "copy source", (long) vectors * vector);
        DeviceBuffer to = floats(backend, "copy target", (long) vectors * vector)) {
      // A CPU's core walks through memory of its own, a GPU's neighbours read neighbours.
      Map<String, Object> args =
          Map.of(
              "from",
              from,
              "to",
              to,
              "count",
              count,
              "spacing",
              cpu ? count : 1,
              "stride",
              cpu ? 1 : items);
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        double bytes = 2.0 * 4 * vector * count * items;
        best = Math.max(best, bytes / seconds(backend, "copy_probe", args, items) / 1e9);
      }
      return best;
    }
  }

  private static boolean cpu(DeviceBackend backend) {
    return backend.context().info().kind() == DeviceKind.CPU;
  }

  /** Floats of a vector register; a GPU's work-items are scalar. */
  private static int vector(DeviceBackend backend) {
    int width = Integer.highestOneBit(backend.context().info().floatVectorWidth());
    return cpu(backend) ? Math.max(4, Math.min(16, width)) : 1;
  }

  private static int group(DeviceBackend backend) {
    return cpu(backend) ? 1 : (int) Math.min(64, backend.context().info().maxWorkGroup());
  }

  /** Enough work-items to fill the device several times over. */
  private static int items(DeviceBackend backend) {
    int units = Math.max(1, backend.context().info().computeUnits());
    return cpu(backend) ? 16 * units : 64 * units * group(backend);
  }

  private static DeviceBuffer floats(DeviceBackend backend, String name, long count) {
    return new DeviceBuffer(backend.context(), name, Element.FLOAT, count, false);
  }

  private static double seconds(
      DeviceBackend backend, String kernel, Map<String, Object> args, int items) {
    String options = "-DCHAINS=" + CHAINS + " -DV=" + vector(backend);
    KernelProgram program = backend.programs().get("probe.cl", options);
    long[] global = {items};
    try (BoundKernel bound =
        new BoundKernel(
            backend.context(), program, kernel, args, global, new long[] {group(backend)})) {
      backend.finish();
      long begin = System.nanoTime();
      bound.enqueue(0, null);
      backend.finish();
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
