package vaeocl.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import vaeocl.data.Images;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;

/**
 * How much of a step's work is left where products skip zeros, as the device's own lists say.
 *
 * @param shares of an operation's work that is done, averaged over some batches
 */
record Density(Map<Op, Double> shares) {
  /** Batches that are looked at. */
  private static final int SAMPLES = 20;

  /** Runs some of a plan's batches, spread over so many. */
  static Density of(DeviceBackend backend, Plan plan, int batches) {
    List<Op> ops = plan.launches().stream().flatMap(l -> l.covers().stream()).toList();
    Map<Op, Double> sums = new HashMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      int batch = i * batches / SAMPLES;
      int rows = ops.get(0).writes().get(0).rows();
      plan.run(new Batches(batch, batch, batch * rows, 1));
      backend.finish();
      for (Op op : ops) {
        sums.merge(op, backend.share(op) / SAMPLES, Double::sum);
      }
    }
    return new Density(Map.copyOf(sums));
  }

  /** Floating-point operations of a launch without those skipped. */
  double executed(Launch launch) {
    return launch.covers().stream().mapToDouble(op -> op.flops() * shares.get(op)).sum();
  }

  /** Share of pixels that are not zero. */
  static double ink(Images images) {
    byte[] data = images.pixels();
    long ink = IntStream.range(0, data.length).parallel().filter(i -> data[i] != 0).count();
    return (double) ink / data.length;
  }
}
