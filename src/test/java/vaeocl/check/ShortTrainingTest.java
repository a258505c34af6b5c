package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.SmallVae;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Adam;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.reference.HostBackend;

/**
 * Twenty steps of training with all fusions, in runs of several batches: single operations never
 * see a second batch.
 */
class ShortTrainingTest {
  private static final int RUNS = 4;
  private static final int STEPS = 5;
  private static final double TOLERANCE = 1e-5;

  /** Losses of all steps, the two parts in turn. */
  private static double[] losses(Backend backend) {
    SmallVae vae = new SmallVae();
    List<Op> step = vae.step(Adam.of(1e-2));
    double[] losses = new double[RUNS * STEPS * 2];
    try (Plan plan = backend.compile(step, Set.of())) {
      vae.fill(backend);
      for (int run = 0; run < RUNS; run++) {
        // Rows and slots do not begin at 0, and they are not each other.
        plan.run(new Batches((long) run * STEPS, 2 + run, 3 * run, STEPS));
        double[] error = backend.sums(vae.error, 2 + run, STEPS);
        double[] kl = backend.sums(vae.kl, 2 + run, STEPS);
        for (int i = 0; i < STEPS; i++) {
          losses[2 * (run * STEPS + i)] = error[i];
          losses[2 * (run * STEPS + i) + 1] = kl[i];
        }
      }
      backend.finish();
    }
    return losses;
  }

  /** The largest relative difference between the device's losses and the reference's. */
  private static double difference(KernelSource source, Tilings kind) {
    ClDevice device = Pocl.device();
    Tiling tiling = kind.of(device.info());
    try (DeviceBackend backend = new DeviceBackend(device, source, tiling, Mode.NORMAL);
        HostBackend reference = new HostBackend()) {
      double[] expected = losses(reference);
      double[] actual = losses(backend);
      assertTrue(expected[2 * STEPS * RUNS - 2] < expected[0], "the reference does not learn");
      double worst = 0;
      for (int i = 0; i < expected.length; i++) {
        double relative = Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]);
        worst = Double.isNaN(worst) || relative <= worst ? worst : relative;
      }
      return worst;
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesEqualTheReference(Tilings kind) {
    double worst = difference(KernelSource.packed(), kind);
    assertTrue(worst <= TOLERANCE, "relative difference " + worst);
  }

  /** Batches of less than a tile and more than a chunk, one latent dimension and many. */
  @ParameterizedTest
  @CsvSource({
    "1, 5, 100, 49",
    "33, 1, 3, 49",
    "300, 8, 40, 49",
    "96, 2, 100, 49",
    "300, 20, 3, 49"
  })
  void lossesOfOtherShapesEqualTheReference(int batch, int latent, int hidden, int pixels) {
    StepLosses losses = new StepLosses(batch, latent, hidden, pixels);
    ClDevice device = Pocl.device();
    for (Tilings kind : Tilings.values()) {
      Tiling tiling = kind.of(device.info());
      try (DeviceBackend backend =
          new DeviceBackend(device, KernelSource.packed(), tiling, Mode.NORMAL)) {
        double worst = losses.difference(backend);
        assertTrue(worst <= TOLERANCE, kind + ": relative difference " + worst);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CPU | lib/run.cl            | ((run)[0] + (nth) * (batch))   | ((run)[0])",
        "GPU | lib/run.cl            | ((run)[1] + (nth))             | ((run)[1])",
        "CPU | lib/run.cl            | ((uint)(run)[2] + (uint)(nth)) | ((uint)(run)[2])",
        "CPU | cpu/dense_gradient.cl | rates[nth]                     | rates[0]",
        "GPU | gpu/update.cl         | rates[nth]                     | rates[0]",
        "GPU | lib/adam.cl           | + eps                          | + 2.0f * eps + 1e-4f"
      })
  void mistakesInLaterBatchesAreCaught(
      Tilings kind, String file, String text, String other, @TempDir Path folder) throws Exception {
    KernelFiles.plant(folder, file, text, other);
    double worst = difference(KernelSource.folder(folder), kind);
    assertFalse(worst <= TOLERANCE, "not noticed: relative difference " + worst);
  }
}
