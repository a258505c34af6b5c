package vaeocl.opencl;

import java.util.Map;
import vaeocl.opencl.DeviceBuffer.Element;

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
    Tiling tiling = backend.tiling();
    int items = items(backend);
    try (DeviceBuffer out = floats(backend, "fma probe", (long) items * tiling.vector())) {
      int rounds = 1000;
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        Map<String, Object> args = Map.of("out", out, "rounds", rounds, "a", 0.999f, "b", 0.001f);
        double seconds = seconds(backend, "fma_probe", args, items);
        double operations = 2.0 * CHAINS * tiling.vector() * items * rounds;
        best = Math.max(best, operations / seconds / 1e9);
        rounds = (int) Math.max(100, Math.min(1 << 24, rounds * TRY_SECONDS / seconds));
      }
      return best;
    }
  }

  private static double copy(DeviceBackend backend) {
    Tiling tiling = backend.tiling();
    long limit = backend.context().info().maxAllocBytes();
    int vectors = (int) (Math.min(COPY_BYTES, limit) / 4 / tiling.vector());
    int items = tiling.cpu() ? items(backend) : Math.min(vectors, 256 * items(backend));
    int count = vectors / items;
    try (DeviceBuffer from = floats(backend, "copy source", (long) vectors * tiling.vector());
        DeviceBuffer to = floats(backend, "copy target", (long) vectors * tiling.vector())) {
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
              tiling.cpu() ? count : 1,
              "stride",
              tiling.cpu() ? 1 : items);
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        double bytes = 2.0 * 4 * tiling.vector() * count * items;
        best = Math.max(best, bytes / seconds(backend, "copy_probe", args, items) / 1e9);
      }
      return best;
    }
  }

  /** Enough work-items to fill the device several times over. */
  private static int items(DeviceBackend backend) {
    Tiling tiling = backend.tiling();
    int units = Math.max(1, backend.context().info().computeUnits());
    return tiling.cpu() ? 16 * units : 64 * units * tiling.group();
  }

  private static DeviceBuffer floats(DeviceBackend backend, String name, long count) {
    return new DeviceBuffer(backend.context(), name, Element.FLOAT, count, false);
  }

  private static double seconds(
      DeviceBackend backend, String kernel, Map<String, Object> args, int items) {
    int group = backend.tiling().cpu() ? 1 : backend.tiling().group();
    KernelProgram program = backend.program("probe.cl", " -DCHAINS=" + CHAINS);
    long[] global = {items};
    try (BoundKernel bound =
        new BoundKernel(backend.context(), program, kernel, args, global, new long[] {group})) {
      backend.finish();
      long begin = System.nanoTime();
      bound.enqueue(0, null);
      backend.finish();
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
