package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.ChildJvm;
import vaeocl.Configs;
import vaeocl.TestData;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.locality.Locality;
import vaeocl.model.DataTensors;
import vaeocl.model.EpochLoss;
import vaeocl.model.Figures;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Backend;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.random.Philox;
import vaeocl.random.Stream;
import vaeocl.reference.HostBackend;

class TrainerTest {
  private static final int STEPS = 20;
  private static Dataset data;

  @BeforeAll
  static void load() throws IOException {
    ChildJvm.needs(ChildJvm.POCL);
    data = TestData.mnistOrDigits();
  }

  private static DeviceBackend device(Tilings tiling) {
    ClDevice device = Devices.select("Portable Computing Language");
    return new DeviceBackend(device, KernelSource.packed(), tiling.of(device.info()), Mode.NORMAL);
  }

  private static Locality locality(DeviceBackend device) {
    return Locality.of(device.neighbours());
  }

  /** Losses of the first steps, error and KL in turn. */
  private static double[] losses(Backend backend, Vae vae) {
    Images images = data.train();
    DataTensors tensors = DataTensors.of("training", images.count(), images.size());
    Vae.Step step = vae.step(tensors, vae.config().batchSize(), STEPS);
    Weights.initialise(backend, vae);
    try (Plan plan = backend.compile(step.ops(), Set.of())) {
      backend.write(tensors.images(), images.pixels());
      backend.write(tensors.order(), Philox.permutation(1, Stream.SHUFFLE, 0, images.count()));
      plan.run(new Batches(0, 0, 0, STEPS));
      double[] errors = backend.sums(step.error(), 0, STEPS);
      double[] kl = backend.sums(step.kl(), 0, STEPS);
      double[] both = Arrays.copyOf(errors, 2 * STEPS);
      System.arraycopy(kl, 0, both, STEPS, STEPS);
      return both;
    }
  }

  @ParameterizedTest
  @EnumSource
  void deviceAndReferenceHaveTheSameLosses(Tilings tiling) {
    Vae vae = new Vae(data.train().size(), VaeConfig.DEFAULT);
    try (DeviceBackend device = device(tiling);
        HostBackend host = new HostBackend()) {
      double[] expected = losses(host, vae);
      double[] actual = losses(device, vae);
      for (int i = 0; i < STEPS; i++) {
        double loss = expected[i] + expected[STEPS + i];
        assertEquals(loss, actual[i] + actual[STEPS + i], 1e-5 * loss, "loss of step " + (i + 1));
      }
      assertTrue(expected[STEPS - 1] < expected[0], "training reduces the error");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEpochEndsWithASmallerBatchAndRepeatsToTheBit(Tilings tiling) {
    Dataset digits = Digits.draw(150, 45, 3);
    VaeConfig config = Configs.of(List.of(33), 3, 64, 1e-3, 0.5, 42);
    Vae vae = new Vae(digits.train().size(), config);
    List<EpochLoss> losses = new ArrayList<>();
    List<Figures> figures = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (DeviceBackend device = device(tiling);
          Trainer trainer = new Trainer(device, locality(device), vae, digits.train());
          Evaluator evaluator = new Evaluator(device, locality(device), vae, digits.test())) {
        Weights.initialise(device, vae);
        assertEquals(3, trainer.stepsPerEpoch());
        List<Integer> ticks = new ArrayList<>();
        trainer.epoch(0, (done, all) -> ticks.add(done));
        assertEquals(3, ticks.get(ticks.size() - 1));
        losses.add(trainer.epoch(1, (done, all) -> {}));
        figures.add(evaluator.evaluate().sampled());
        assertEquals(figures.get(run), evaluator.evaluate().sampled(), "evaluation repeats");
        FloatArray fc1 = Weights.read(device, vae).get("fc1.weight");
        weights.add(fc1.values());
      }
    }
    assertArrayEquals(weights.get(0), weights.get(1));
    assertEquals(losses.get(0).loss(), losses.get(1).loss());
    assertEquals(figures.get(0), figures.get(1));
    EpochLoss loss = losses.get(0);
    assertEquals(loss.recon() + 0.5 * loss.kl(), loss.loss(), 1e-12);
  }

  @Test
  void theReferenceTrainsAnEpochToTheSameFigures() {
    Dataset digits = Digits.draw(50, 11, 3);
    Vae vae = new Vae(digits.train().size(), Configs.of(List.of(20), 2, 16, 1e-3, 1, 5));
    List<EpochLoss> losses = new ArrayList<>();
    List<Evaluator.Result> figures = new ArrayList<>();
    for (Backend backend : List.of(new HostBackend(), device(Tilings.CPU))) {
      try (backend;
          Trainer trainer = new Trainer(backend, Locality.NONE, vae, digits.train());
          Evaluator evaluator = new Evaluator(backend, Locality.NONE, vae, digits.test())) {
        Weights.initialise(backend, vae);
        losses.add(trainer.epoch(0, (done, all) -> {}));
        figures.add(evaluator.evaluate());
      }
    }
    assertEquals(losses.get(0).loss(), losses.get(1).loss(), 1e-5 * losses.get(0).loss());
    for (int i = 0; i < 2; i++) {
      Figures expected = i == 0 ? figures.get(0).sampled() : figures.get(0).mean();
      Figures actual = i == 0 ? figures.get(1).sampled() : figures.get(1).mean();
      assertEquals(expected.mse(), actual.mse(), 1e-6);
      assertEquals(expected.psnr(), actual.psnr(), 1e-4);
      assertEquals(expected.ssim(), actual.ssim(), 1e-5);
    }
  }

  /** Recording times, a device launches every kernel by itself. */
  @ParameterizedTest
  @CsvSource({"3, 64, 33", "12, 70, 40"})
  void aStepInOneLaunchIsTheSameToTheBit(int latent, int hidden, int batch) {
    Dataset digits = Digits.draw(150, 45, 3);
    Vae vae =
        new Vae(digits.train().size(), Configs.of(List.of(batch), latent, hidden, 1e-3, 0.5, 42));
    List<float[]> weights = new ArrayList<>();
    for (Mode mode : List.of(Mode.NORMAL, Mode.PROFILED)) {
      ClDevice pocl = Devices.select("Portable Computing Language");
      Tiling tiling = Tilings.suiting(pocl.info()).of(pocl.info());
      try (DeviceBackend device = new DeviceBackend(pocl, KernelSource.packed(), tiling, mode);
          Trainer trainer = new Trainer(device, locality(device), vae, digits.train())) {
        Weights.initialise(device, vae);
        for (int epoch = 0; epoch < 4; epoch++) {
          trainer.epoch(epoch, (done, all) -> {});
        }
        if (mode == Mode.PROFILED) {
          assertTrue(device.inspect().takeTimes().size() > 4 * 3 * 10, "launches one by one");
        }
        weights.add(Weights.read(device, vae).get("fc4.weight").values());
      }
    }
    assertArrayEquals(weights.get(0), weights.get(1));
  }

  @Test
  void imagesThatAreAlikeLeaveLessToDo() {
    Vae vae = new Vae(data.train().size(), VaeConfig.DEFAULT);
    try (DeviceBackend device = device(Tilings.CPU);
        Trainer trainer = new Trainer(device, locality(device), vae, data.train())) {
      Weights.initialise(device, vae);
      trainer.epoch(0, (done, all) -> {});
      trainer.epoch(0, (done, all) -> {});
      double[] shuffled = forwardShares(device, trainer);
      trainer.steps(1, 1);
      double[] arranged = forwardShares(device, trainer);
      assertTrue(arranged[0] < 0.97 * shuffled[0], "fc1 " + Arrays.toString(arranged));
      assertTrue(arranged[1] < shuffled[1], "fc4 " + Arrays.toString(arranged));
      assertTrue(arranged[0] > 0.1 && arranged[1] > 0.1, "something is left");
    }
  }

  /** What is left of fc1's and of fc4's product, in the first batches of the epoch at hand. */
  private static double[] forwardShares(DeviceBackend device, Trainer trainer) {
    double[] sums = new double[2];
    for (int batch = 0; batch < 10; batch++) {
      int rows = VaeConfig.DEFAULT.batchSize();
      trainer.plan().run(new Batches(batch, batch, batch * rows, 1));
      device.finish();
      double[] shares =
          trainer.plan().launches().stream()
              .filter(l -> !l.covers().isEmpty())
              .filter(l -> l.covers().get(0) instanceof Op.Dense d && d.flops() > 1e7)
              .mapToDouble(l -> device.inspect().executedFlops(l) / l.cost().flops())
              .toArray();
      sums[0] += shares[0];
      sums[1] += shares[1];
    }
    return sums;
  }

  @Test
  void aLossThatIsNotFiniteNamesTheStep() {
    Dataset digits = Digits.draw(64, 10, 3);
    Vae vae = new Vae(digits.train().size(), Configs.of(List.of(20), 2, 16, 1e30, 1, 5));
    try (DeviceBackend device = device(Tilings.CPU);
        Trainer trainer = new Trainer(device, locality(device), vae, digits.train())) {
      Weights.initialise(device, vae);
      LossException e = assertThrows(LossException.class, () -> trainer.epoch(0, (d, a) -> {}));
      assertTrue(e.getMessage().contains("not finite at step 2, in epoch 1"), e.getMessage());
    }
  }

  @Test
  void aBatchLargerThanTheDataIsRefused() {
    Dataset digits = Digits.draw(10, 10, 3);
    Vae vae = new Vae(digits.train().size(), VaeConfig.DEFAULT);
    try (HostBackend host = new HostBackend()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Trainer(host, Locality.NONE, vae, digits.train()).close());
    }
  }
}
