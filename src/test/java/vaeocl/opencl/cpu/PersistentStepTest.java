package vaeocl.opencl.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vaeocl.Configs;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.locality.Locality;
import vaeocl.model.Vae;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.KernelSource;
import vaeocl.train.Trainer;

/** However its work-groups meet, a persistent step leaves the same weights. */
class PersistentStepTest {
  private static final String STEP = "cpu/step.cl";
  private static final Dataset DIGITS = Digits.draw(1_000, 10, 3);
  private static final Vae NET =
      new Vae(DIGITS.train().size(), Configs.of(List.of(40, 20), 12, 32, 1e-3, 1, 5));

  private static ClDevice pocl;
  private static float[] expected;

  @TempDir private Path kernels;

  @BeforeAll
  static void trainAsShipped() {
    pocl = Pocl.device();
    expected = trained(KernelSource.packed());
  }

  /** All weights after two epochs of 32 steps, in launches of 16. */
  private static float[] trained(KernelSource source) {
    try (DeviceBackend device =
            new DeviceBackend(pocl, source, Tilings.CPU.of(pocl.info()), Mode.NORMAL);
        Trainer trainer = new Trainer(device, Locality.NONE, NET, DIGITS.train())) {
      assertTrue(device.inspect().joined(trainer.plan()));
      Weights.initialise(device, NET);
      trainer.epoch(0, (done, all) -> {});
      trainer.epoch(1, (done, all) -> {});
      return Weights.read(device, NET).get("decoder.2.weight").values();
    }
  }

  private void assertSameWith(String text, String other) throws Exception {
    KernelFiles.plant(kernels, STEP, text, other);
    assertArrayEquals(expected, trained(KernelSource.folder(kernels)));
  }

  @Test
  void whenEveryWaitIsALongOneAndStepsStop() throws Exception {
    assertSameWith("(1 << 20)", "-1");
  }

  @Test
  void whenThreadsDoNotKeepTheirShares() throws Exception {
    assertSameWith("homes[share] == thread", "homes[share] == ~thread");
  }

  @Test
  void whenOneWorkGroupTakesAllSharesInTurn() throws Exception {
    assertSameWith("share = mine;", "share = 0;");
  }
}
