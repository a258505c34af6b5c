package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.Pocl;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.model.DataTensors;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Activation;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Plan;
import vaeocl.reference.HostBackend;

/** Twenty steps of nets with more than one hidden layer. */
class DeepTrainingTest {
  private static final int STEPS = 20;
  private static final int BATCH = 30;

  /** Error and divergence of each step. */
  private static double[][] losses(Backend backend, Vae vae, Dataset data) {
    int images = data.train().count();
    DataTensors tensors = DataTensors.of("training", images, vae.pixels());
    Vae.Step step = vae.step(tensors, BATCH, STEPS);
    int[] order = new int[images];
    for (int i = 0; i < images; i++) {
      order[i] = (i * 7 + 3) % images;
    }
    try (Plan plan = backend.compile(step.ops(), Set.of())) {
      Weights.initialise(backend, vae);
      backend.write(tensors.images(), data.train().pixels());
      backend.write(tensors.order(), order);
      plan.run(new Batches(0, 0, 0, STEPS));
      return new double[][] {
        backend.sums(step.error(), 0, STEPS), backend.sums(step.kl(), 0, STEPS)
      };
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CPU | 40, 20 | 3",
        "GPU | 40, 20 | 3",
        "PLAIN | 40, 20 | 3",
        "CPU | 33, 20, 9 | 12",
        "GPU | 33, 20, 9 | 12"
      })
  void lossesEqualTheReference(Tilings kind, String hidden, int latent) {
    List<Integer> widths = List.of(hidden.split(", ")).stream().map(Integer::valueOf).toList();
    assertSame(kind, VaeConfig.DEFAULT.with(Map.of("hidden", widths, "latent", latent)));
  }

  @ParameterizedTest
  @EnumSource
  void withEveryActivation(Activation f) {
    for (Tilings kind : Tilings.values()) {
      assertSame(kind, VaeConfig.DEFAULT.with(Map.of("hidden", List.of(40, 20), "activation", f)));
    }
  }

  private static void assertSame(Tilings kind, VaeConfig config) {
    Dataset data = Digits.draw(BATCH * STEPS, 10, 3);
    Vae vae = new Vae(data.train().size(), config);
    ClDevice device = Pocl.device();
    Tiling tiling = kind.of(device.info());
    try (Backend host = new HostBackend();
        Backend backend = new DeviceBackend(device, KernelSource.packed(), tiling, Mode.NORMAL)) {
      double[][] expected = losses(host, vae, data);
      double[][] actual = losses(backend, vae, data);
      for (int part = 0; part < 2; part++) {
        for (int i = 0; i < STEPS; i++) {
          double allowed = 1e-5 * expected[part][i];
          assertEquals(expected[part][i], actual[part][i], allowed, part + " of step " + i);
        }
      }
      assertTrue(expected[0][STEPS - 1] < expected[0][0], "the reference does not learn");
    }
  }
}
