package vaeocl.opencl.device;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jocl.blast.CLBlast;
import org.jocl.blast.CLBlastLayout;
import org.jocl.blast.CLBlastTranspose;
import vaeocl.opencl.device.DeviceBuffer.Element;

/** CLBlast as a yardstick for the dense products, with the tuning it ships. */
public final class ClBlast {
  private static final int WARM_UPS = 2;
  private static final int TRIES = 5;

  private ClBlast() {}

  /** Why CLBlast cannot be used here, as a sentence; empty where it can. */
  public static Optional<String> problem() {
    return Natives.loadClBlast();
  }

  /**
   * Median GFLOP/s of C = A·B with A m x k and B k x n, row by row; empty where CLBlast fails.
   *
   * @param calls products in one measurement
   */
  public static OptionalDouble gflops(ClContext context, int m, int k, int n, int calls) {
    try (DeviceBuffer a = buffer(context, "A", m, k);
        DeviceBuffer b = buffer(context, "B", k, n);
        DeviceBuffer c = buffer(context, "C", m, n)) {
      double[] seconds = new double[TRIES];
      for (int i = -WARM_UPS; i < TRIES; i++) {
        context.finish();
        long begin = System.nanoTime();
        for (int call = 0; call < calls; call++) {
          if (sgemm(context, a, b, c, m, k, n) != 0) {
            return OptionalDouble.empty();
          }
        }
        context.finish();
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
      }
      java.util.Arrays.sort(seconds);
      return OptionalDouble.of(2.0 * m * k * n * calls / seconds[TRIES / 2] / 1e9);
    }
  }

  private static DeviceBuffer buffer(ClContext context, String name, int rows, int cols) {
    return new DeviceBuffer(context, name, Element.FLOAT, (long) rows * cols, false);
  }

  private static int sgemm(
      ClContext context, DeviceBuffer a, DeviceBuffer b, DeviceBuffer c, int m, int k, int n) {
    return CLBlast.CLBlastSgemm(
        CLBlastLayout.CLBlastLayoutRowMajor,
        CLBlastTranspose.CLBlastTransposeNo,
        CLBlastTranspose.CLBlastTransposeNo,
        m,
        n,
        k,
        1,
        a.memory(),
        0,
        k,
        b.memory(),
        0,
        n,
        0,
        c.memory(),
        0,
        n,
        context.queue(),
        null);
  }
}
