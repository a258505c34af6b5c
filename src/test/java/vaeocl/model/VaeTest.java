package vaeocl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.Configs;
import vaeocl.ops.Activation;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;
import vaeocl.reference.HostBackend;

/** The operations of a step, as text, and the way back held against differences. */
class VaeTest {
  private static final double BETA = 0.7;
  private static final double SCALE = 1.3;

  private static Vae vae(int pixels, int latent, Integer... hidden) {
    return new Vae(pixels, Configs.of(List.of(hidden), latent, 5, 1e-3, BETA, 3));
  }

  private static DataTensors data(int pixels) {
    return DataTensors.of("training", 12, pixels);
  }

  /** "Dense relu fc1: fc1.weight fc1.bias x -> h1 5x400". */
  private static String text(Op op) {
    String more = "";
    if (op instanceof Op.Dense o) {
      more = " " + o.f().label();
    } else if (op instanceof Op.DenseBackward o) {
      more = " " + o.f().label();
    }
    String writes = "";
    for (Tensor t : op.writes()) {
      writes += " " + t.name() + (t.role().ofBatch() ? ":" + t.cols() : "");
    }
    List<String> reads = op.reads().stream().map(Tensor::name).toList();
    return op.name() + more + ": " + String.join(" ", reads) + " ->" + writes;
  }

  private static List<String> step(Vae vae) {
    DataTensors data = data(vae.pixels());
    return vae.step(data, 5, 2).ops().stream().map(VaeTest::text).toList();
  }

  private static String adam(String layer) {
    String state = "L.weight L.weight.m L.weight.v L.bias L.bias.m L.bias.v";
    String text = "AdamStep: " + state + " dL.weight dL.bias -> " + state;
    return text.replace("L.", layer + ".");
  }

  private static void assertSteps(List<String> expected, List<String> layers, Vae vae) {
    List<String> all = new ArrayList<>(expected);
    layers.forEach(layer -> all.add(adam(layer)));
    assertEquals(String.join("\n", all), String.join("\n", step(vae)));
  }

  @Test
  void aStepOfTheDefaultNet() {
    assertSteps(
        List.of(
            "Gather: training images training order -> x:784",
            "Dense relu: fc1.weight fc1.bias x -> h1:400",
            "Dense none: fc2.weight fc2.bias h1 -> heads:4",
            "Latent: heads training order -> z:2 eps:2 kl 5",
            "Dense relu: fc3.weight fc3.bias z -> h3:400",
            "Dense none: fc4.weight fc4.bias h3 -> logit:784",
            "Reconstruction: logit x -> dLogit:784 error 5",
            "DenseBackward relu: fc4.weight dLogit h3 -> dh3:400",
            "DenseBackward none: fc3.weight dh3 -> dz:2",
            "LatentBackward: dz heads eps -> dHeads:4",
            "DenseBackward relu: fc2.weight dHeads h1 -> dh1:400",
            "Gradient: dLogit h3 -> dfc4.weight dfc4.bias",
            "Gradient: dh3 z -> dfc3.weight dfc3.bias",
            "Gradient: dHeads h1 -> dfc2.weight dfc2.bias",
            "Gradient: dh1 x -> dfc1.weight dfc1.bias"),
        List.of("fc1", "fc2", "fc3", "fc4"),
        vae(784, 2, 400));
  }

  @Test
  void aStepOfADeeperNet() {
    assertSteps(
        List.of(
            "Gather: training images training order -> x:784",
            "Dense relu: encoder.0.weight encoder.0.bias x -> h1:512",
            "Dense relu: encoder.1.weight encoder.1.bias h1 -> h2:256",
            "Dense none: heads.weight heads.bias h2 -> heads:16",
            "Latent: heads training order -> z:8 eps:8 kl 5",
            "Dense relu: decoder.0.weight decoder.0.bias z -> h4:256",
            "Dense relu: decoder.1.weight decoder.1.bias h4 -> h5:512",
            "Dense none: decoder.2.weight decoder.2.bias h5 -> logit:784",
            "Reconstruction: logit x -> dLogit:784 error 5",
            "DenseBackward relu: decoder.2.weight dLogit h5 -> dh5:512",
            "DenseBackward relu: decoder.1.weight dh5 h4 -> dh4:256",
            "DenseBackward none: decoder.0.weight dh4 -> dz:8",
            "LatentBackward: dz heads eps -> dHeads:16",
            "DenseBackward relu: heads.weight dHeads h2 -> dh2:256",
            "DenseBackward relu: encoder.1.weight dh2 h1 -> dh1:512",
            "Gradient: dLogit h5 -> ddecoder.2.weight ddecoder.2.bias",
            "Gradient: dh5 h4 -> ddecoder.1.weight ddecoder.1.bias",
            "Gradient: dh4 z -> ddecoder.0.weight ddecoder.0.bias",
            "Gradient: dHeads h2 -> dheads.weight dheads.bias",
            "Gradient: dh2 h1 -> dencoder.1.weight dencoder.1.bias",
            "Gradient: dh1 x -> dencoder.0.weight dencoder.0.bias"),
        List.of("encoder.0", "encoder.1", "heads", "decoder.0", "decoder.1", "decoder.2"),
        vae(784, 8, 512, 256));
  }

  @Test
  void evaluationAndDecodingEndInTheReconstruction() {
    Vae vae = vae(49, 3, 6, 5);
    List<Op> ops = vae.evaluation(data(49), 4, 7, 7, true).ops();
    List<String> metrics =
        ops.stream().filter(o -> o instanceof Op.ImageMetrics).map(VaeTest::text).toList();
    assertEquals(
        List.of(
            "ImageMetrics: evaluated recon evaluated x -> sampled figures",
            "ImageMetrics: mean recon evaluated x -> mean figures"),
        metrics);
    assertEquals("decoded recon", vae.decoding(4).recon().name());
  }

  /** All gradients of a net with hidden layers of 6 and 5 against central differences. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          vae, mse, 0, 1
          vae, bernoulli, 0, 1
          vae, continuous-bernoulli, 0, 1
          vae, gaussian, 0, 1
          vae, mse, 0.05, 1
          ae, mse, 0, 1
          iwae, bernoulli, 0, 3
          iwae, mse, 0, 2
          """)
  void theWayBackIsTheGradient(
      String objective, String likelihood, String freeBits, String samples) {
    int pixels = 8;
    double delta = 1e-5;
    Map<String, String> texts =
        Map.of(
            "objective", objective,
            "likelihood", likelihood,
            "free_bits", freeBits,
            "samples", samples,
            "hidden", "6,5",
            "latent", "3");
    Vae vae = new Vae(pixels, VaeConfig.parse(texts::get));
    DataTensors data = data(pixels);
    Vae.Step step = vae.step(data, 5, 2);
    List<Op> backward = step.ops().stream().filter(o -> !(o instanceof Op.AdamStep)).toList();
    Class<? extends Op> last =
        objective.equals("iwae") ? Op.ImportanceWeights.class : Op.Reconstruction.class;
    List<Op> forward = backward.subList(0, 1 + index(backward, last));
    Batches batch = new Batches(4, 1, 3, 1, new LossWeights(BETA, SCALE));
    try (HostBackend host = new HostBackend();
        Plan way = host.compile(forward, Set.of());
        Plan both = host.compile(backward, Set.of())) {
      SplittableRandom random = new SplittableRandom(8);
      byte[] images = new byte[12 * pixels];
      random.nextBytes(images);
      host.write(data.images(), images);
      host.write(data.order(), new int[] {3, 1, 4, 0, 5, 9, 2, 6, 8, 7, 11, 10});
      Weights.initialise(host, vae);
      both.run(batch);
      int checked = 0;
      int notZero = 0;
      for (Linear layer : vae.layers()) {
        for (Param p : List.of(layer.weight(), layer.bias())) {
          double[] gradient = host.matrix(p.gradient()).value().clone();
          double[] value = host.matrix(p.value()).value();
          for (int i = 0; i < value.length; i++) {
            double before = value[i];
            value[i] = before + delta;
            double above = loss(host, way, batch, step);
            value[i] = before - delta;
            double below = loss(host, way, batch, step);
            value[i] = before;
            double slope = (above - below) / (2 * delta);
            double allowed = 1e-7 * (1 + Math.abs(slope));
            assertEquals(slope, gradient[i], allowed, p.value().describe() + " at " + i);
            checked++;
            notZero += Math.abs(slope) > 1e-4 ? 1 : 0;
          }
        }
      }
      assertEquals(8 * 6 + 6 + 6 * 5 + 5 + 5 * 6 + 6 + 3 * 5 + 5 + 5 * 6 + 6 + 6 * 8 + 8, checked);
      int least = objective.equals("ae") ? checked / 3 : checked / 2; // its logvar has no use
      assertTrue(notZero > least, notZero + " of " + checked + " are not zero");
    }
  }

  private static int index(List<Op> ops, Class<? extends Op> kind) {
    return ops.stream().map(Op::getClass).toList().indexOf(kind);
  }

  private static double loss(HostBackend host, Plan forward, Batches batch, Vae.Step step) {
    forward.run(batch);
    double error = host.sums(step.error(), batch.slot(), 1)[0];
    double kl = host.sums(step.kl(), batch.slot(), 1)[0];
    if (forward.launches().stream().anyMatch(l -> l.kernel().equals("ImportanceWeights"))) {
      return error; // the bound, in which the reconstruction has its weight
    }
    double extra = step.extra() == null ? 0 : host.sums(step.extra(), batch.slot(), 1)[0];
    return SCALE * error + BETA * (kl + extra);
  }

  @Test
  void whatHasNoRuleIsRefused() {
    Linear layer = Linear.of("layer", 3, 3);
    Tensor x = Tensor.activation("x", 2, 3);
    Tensor y = Tensor.activation("y", 2, 3);
    Op dense = new Op.Dense(y, x, layer, Activation.RELU);
    Op gradient = new Op.Gradient(layer, y, x);
    assertEquals("no loss follows from y 2x3", refused(List.of(dense)));
    assertEquals("Gradient has no derivative here", refused(List.of(gradient)));
  }

  private static String refused(List<Op> ops) {
    return assertThrows(IllegalArgumentException.class, () -> Backward.of(ops)).getMessage();
  }
}
