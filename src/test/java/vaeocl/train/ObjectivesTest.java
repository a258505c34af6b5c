package vaeocl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.Pocl;
import vaeocl.data.Dataset;
import vaeocl.data.Digits;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.locality.Locality;
import vaeocl.model.Evidence;
import vaeocl.model.SavedModel;
import vaeocl.model.Vae;
import vaeocl.model.VaeConfig;
import vaeocl.model.Weights;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.KernelSource;
import vaeocl.ops.Backend;
import vaeocl.random.Philox;
import vaeocl.random.Stream;
import vaeocl.reference.HostBackend;

/** What each objective trains and reports, on a device and in double precision. */
class ObjectivesTest {
  private static final int COUNT = 40;

  private static VaeConfig config(String objective, String likelihood, String more) {
    Map<String, String> texts = new java.util.HashMap<>();
    texts.put("objective", objective);
    texts.put("likelihood", likelihood);
    texts.put("hidden", "12");
    texts.put("latent", "3");
    texts.put("batch_size", "20");
    texts.put("learning_rate", "1e-2");
    if (more != null) {
      for (String setting : more.split(" ", -1)) {
        texts.put(setting.split("=", -1)[0], setting.split("=", -1)[1]);
      }
    }
    return VaeConfig.parse(texts::get);
  }

  private static Dataset digits() {
    return Digits.draw(COUNT, COUNT, 3);
  }

  private static Backend device() {
    return new DeviceBackend(
        Pocl.device(),
        KernelSource.packed(),
        Tilings.suiting(Pocl.device().info()).of(Pocl.device().info()),
        Mode.NORMAL);
  }

  /** Losses of three epochs. */
  private static double[] losses(Backend backend, VaeConfig config) {
    Parts parts = Parts.of(digits(), config);
    Vae vae = new Vae(parts.train().size(), config);
    double[] losses = new double[3];
    try (Trainer trainer = new Trainer(backend, Locality.NONE, vae, parts.train(), 3)) {
      Weights.initialise(backend, vae);
      trainer.restore(Map.of());
      for (int e = 0; e < losses.length; e++) {
        losses[e] = trainer.epoch(e, (done, all) -> {}).loss();
      }
    }
    return losses;
  }

  @ParameterizedTest
  @CsvSource({
    "vae, bernoulli,",
    "vae, continuous-bernoulli,",
    "vae, gaussian, sigma=0.3",
    "vae, mse, free_bits=0.2 schedule=cosine",
    "ae, bernoulli, binarize=fixed",
    "iwae, bernoulli, samples=4 binarize=dynamic"
  })
  void trainingIsTheReferences(String objective, String likelihood, String more) {
    VaeConfig config = config(objective, likelihood, more);
    try (Backend device = device();
        HostBackend host = new HostBackend()) {
      double[] expected = losses(host, config);
      double[] found = losses(device, config);
      for (int e = 0; e < expected.length; e++) {
        assertEquals(expected[e], found[e], 1e-5 * Math.abs(expected[e]), "epoch " + e);
      }
      assertTrue(expected[2] < expected[0], "it does not learn");
    }
  }

  private static SavedModel model(Backend device, VaeConfig config) {
    losses(device, config);
    Vae vae = new Vae(28 * 28, config);
    Map<String, FloatArray> weights = Weights.parameters(Weights.readState(device, vae));
    return new SavedModel(config, 28, 28, weights, Map.of());
  }

  /** Reconstruction and divergence as the formulas say, in double precision from the weights. */
  @ParameterizedTest
  @CsvSource({"mse", "bernoulli", "continuous-bernoulli", "gaussian"})
  void evidenceIsTheReferences(String likelihood) {
    VaeConfig config = config("vae", likelihood, "binarize=none");
    Images test = Parts.test(digits(), config);
    try (Backend device = device();
        HostBackend host = new HostBackend();
        LossEvaluator ours = new LossEvaluator(device, new Vae(784, config), test, "tested");
        LossEvaluator exact = new LossEvaluator(host, new Vae(784, config), test, "tested")) {
      SavedModel model = model(device, config);
      Weights.write(host, model.vae(), model.weights());
      LossEvaluator.Result a = ours.evaluate();
      LossEvaluator.Result b = exact.evaluate();
      assertEquals(b.error(), a.error(), 1e-5 * Math.abs(b.error()));
      assertEquals(b.kl(), a.kl(), 1e-5 * b.kl());
      Evidence evidence = Evidence.of(model, a.error(), a.kl(), test.binary());
      double constant =
          switch (config.likelihood()) {
            case MSE, GAUSSIAN -> 392 * Math.log(Math.PI); // of variance 1/2
            default -> 0;
          };
      assertEquals(-b.error() - b.kl() - constant, evidence.elbo(), 1e-5 * Math.abs(b.error()));
    }
  }

  /** The estimate recomputed from the codes and the noise, and that it rises with samples. */
  @Test
  void weighedSamplesAreTheReferencesAndRise() {
    VaeConfig config = config("vae", "bernoulli", "binarize=fixed");
    Images test = Parts.test(digits(), config);
    try (Backend device = device();
        HostBackend host = new HostBackend()) {
      SavedModel model = model(device, config);
      Weights.write(host, model.vae(), model.weights());
      double before = Double.NEGATIVE_INFINITY;
      for (int samples : new int[] {1, 30, 230}) {
        ImportanceSampler.Result a = estimate(device, model, test, samples);
        ImportanceSampler.Result b = samples < 100 ? estimate(host, model, test, samples) : a;
        assertEquals(b.logLikelihood(), a.logLikelihood(), 1e-5 * Math.abs(b.logLikelihood()));
        assertEquals(b.standardError(), a.standardError(), 1e-3 * b.standardError());
        assertTrue(a.logLikelihood() > before, "it does not rise at " + samples);
        before = a.logLikelihood();
      }
    }
  }

  private static ImportanceSampler.Result estimate(
      Backend backend, SavedModel model, Images test, int samples) {
    try (ImportanceSampler sampler = new ImportanceSampler(backend, model, test, samples)) {
      return sampler.estimate((done, all) -> {});
    }
  }

  @Test
  void imagesSetAsideAreDrawnAndNotTrainedOn() {
    VaeConfig config = config("vae", "mse", "validation=15");
    Dataset all = digits();
    Parts parts = Parts.of(all, config);
    assertEquals(COUNT - 15, parts.train().count());
    assertEquals(15, parts.validation().count());
    Set<Integer> drawn = new TreeSet<>();
    int[] order = Philox.permutation(config.seed(), Stream.VALIDATION, 0, COUNT);
    for (int i = 0; i < 15; i++) {
      drawn.add(order[i]);
    }
    int aside = 0;
    int kept = 0;
    for (int image = 0; image < COUNT; image++) {
      boolean out = drawn.contains(image);
      Images from = out ? parts.validation() : parts.train();
      int at = out ? aside++ : kept++;
      for (int i = 0; i < all.train().size(); i++) {
        assertEquals(
            all.train().pixels()[image * all.train().size() + i],
            from.pixels()[at * from.size() + i]);
      }
    }
  }
}
