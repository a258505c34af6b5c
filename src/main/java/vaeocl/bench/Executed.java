package vaeocl.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import vaeocl.data.Images;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Batches;
import vaeocl.ops.Launch;
import vaeocl.ops.Plan;

/** What a step really computes, where a device leaves work out. */
final class Executed {
  /** Batches that are looked at. */
  private static final int SAMPLES = 20;

  private Executed() {}

  /**
   * Floating-point operations that each launch of a plan does for a batch, on the average over some
   * batches; equal launches share their operations' work.
   *
   * @param batches that there are, of which some are run
   */
  static Map<Launch, Double> flops(DeviceBackend backend, Plan plan, int batches) {
    Map<Launch, Double> sums = new HashMap<>();
    int rows = plan.launches().get(0).covers().get(0).writes().get(0).rows();
    for (int i = 0; i < SAMPLES; i++) {
      int batch = i * batches / SAMPLES;
      plan.run(new Batches(batch, batch, batch * rows, 1));
      backend.finish();
      for (Launch launch : Set.copyOf(plan.launches())) {
        sums.merge(launch, backend.inspect().executedFlops(launch) / SAMPLES, Double::sum);
      }
    }
    return sums;
  }

  /** Share of pixels that are not zero. */
  static double density(Images images) {
    byte[] data = images.pixels();
    long count = IntStream.range(0, data.length).parallel().filter(i -> data[i] != 0).count();
    return (double) count / data.length;
  }
}
