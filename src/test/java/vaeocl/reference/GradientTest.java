package vaeocl.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.SmallVae;
import vaeocl.ops.Activation;
import vaeocl.ops.Batches;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Linear;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Op;
import vaeocl.ops.Param;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** Every backward pass of the reference against central differences of the forward pass. */
class GradientTest {
  private static final double SCALE = 1.3;

  private static final Batches BATCH =
      new Batches(6, 2, 4, 1, new LossWeights(SmallVae.BETA, SCALE));

  /** Central differences are off by δ²·f‴/6 and by rounding, 10⁻¹⁶·f / δ: both about 10⁻¹⁰. */
  private static final double DELTA = 1e-5;

  private static final double TOLERANCE = 1e-7;

  private final HostBackend host = new HostBackend();
  private final SplittableRandom random = new SplittableRandom(11);
  private int checked;
  private int notZero;

  private void run(List<Op> ops) {
    try (Plan plan = host.compile(ops, Set.of())) {
      plan.run(BATCH);
    }
  }

  private HostMatrix randomise(Tensor t) {
    HostMatrix m = host.matrix(t);
    Arrays.setAll(m.value(), i -> 2 * random.nextDouble() - 1);
    return m;
  }

  /** Holds a gradient against how the loss changes with each value. */
  private void compare(Tensor gradient, Tensor variable, DoubleSupplier loss) {
    double[] expected = host.matrix(gradient).value().clone();
    double[] value = host.matrix(variable).value();
    assertEquals(value.length, expected.length);
    for (int i = 0; i < value.length; i++) {
      double before = value[i];
      value[i] = before + DELTA;
      double above = loss.getAsDouble();
      value[i] = before - DELTA;
      double below = loss.getAsDouble();
      value[i] = before;
      double slope = (above - below) / (2 * DELTA);
      double allowed = TOLERANCE * (1 + Math.abs(slope));
      assertEquals(slope, expected[i], allowed, gradient.describe() + " at " + i);
      checked++;
      notZero += Math.abs(slope) > 1e-4 ? 1 : 0;
    }
  }

  private double dot(Tensor a, HostMatrix weights) {
    double sum = 0;
    for (int i = 0; i < weights.value().length; i++) {
      sum += host.matrix(a).value()[i] * weights.value()[i];
    }
    return sum;
  }

  @Test
  void wholeStep() {
    SmallVae vae = new SmallVae();
    vae.fill(host);
    run(vae.forward());
    boolean[] positive = positive(vae);
    run(vae.backward());
    DoubleSupplier loss =
        () -> {
          run(vae.forward());
          assertTrue(
              Arrays.equals(positive, positive(vae)), "crossed ReLU's kink: take another seed");
          return SCALE * host.sums(vae.error, BATCH.slot(), 1)[0]
              + SmallVae.BETA * host.sums(vae.kl, BATCH.slot(), 1)[0];
        };
    int parameters = 0;
    for (Param p : vae.params()) {
      compare(p.gradient(), p.value(), loss);
      parameters += Math.toIntExact(p.value().size());
    }
    assertEquals(parameters, checked);
    assertTrue(notZero > checked / 2, notZero + " of " + checked + " are not zero");
    assertNotEquals(1, SmallVae.BETA, "beta = 1 would hide that it is forgotten");
  }

  /** Which hidden units are active; some are, some are not. */
  private boolean[] positive(SmallVae vae) {
    double[] h = host.matrix(vae.h).value();
    double[] hd = host.matrix(vae.hd).value();
    boolean[] active = new boolean[h.length + hd.length];
    int count = 0;
    for (int i = 0; i < active.length; i++) {
      active[i] = (i < h.length ? h[i] : hd[i - h.length]) > 0;
      count += active[i] ? 1 : 0;
    }
    assertTrue(count > 0 && count < active.length);
    return active;
  }

  /** loss = Σ dy∘y with y = f(before·1)·wᵀ + b: dx is its gradient at what f was applied to. */
  @ParameterizedTest
  @EnumSource
  void denseBackward(Activation f) {
    Tensor before = Tensor.activation("before", 4, 6);
    Tensor x = Tensor.activation("x", 4, 6);
    Tensor y = Tensor.activation("y", 4, 3);
    Tensor dy = Tensor.activation("dy", 4, 3);
    Tensor dx = Tensor.activation("dx", 4, 6);
    Linear identity = Linear.of("identity", 6, 6);
    Linear layer = Linear.of("layer", 6, 3);
    for (int i = 0; i < 6; i++) {
      host.matrix(identity.weight().value()).set(i, i, 1, 0);
    }
    randomise(before);
    randomise(layer.weight().value());
    randomise(layer.bias().value());
    HostMatrix weights = randomise(dy);
    List<Op> forward =
        List.of(new Op.Dense(x, before, identity, f), new Op.Dense(y, x, layer, Activation.NONE));
    run(forward);
    run(List.of(new Op.DenseBackward(dx, dy, x, layer, f)));
    compare(
        dx,
        before,
        () -> {
          run(forward);
          return dot(y, weights);
        });
    assertEquals(24, checked);
    assertTrue(notZero > 0, "all gradients are zero");
    assertEquals(f.givesZeros(), notZero < checked, notZero + " are not zero");
  }

  @Test
  void gradientOfWeightsAndBias() {
    Tensor x = Tensor.activation("x", 4, 6);
    Tensor y = Tensor.activation("y", 4, 3);
    Tensor dy = Tensor.activation("dy", 4, 3);
    Linear layer = Linear.of("layer", 6, 3);
    randomise(x);
    randomise(layer.weight().value());
    HostMatrix weights = randomise(dy);
    run(List.of(new Op.Gradient(layer, dy, x)));
    DoubleSupplier loss =
        () -> {
          run(List.of(new Op.Dense(y, x, layer, Activation.NONE)));
          return dot(y, weights);
        };
    compare(layer.weight().gradient(), layer.weight().value(), loss);
    compare(layer.bias().gradient(), layer.bias().value(), loss);
    assertEquals(21, checked);
  }

  @Test
  void latentSpace() {
    Tensor heads = Tensor.activation("heads", 4, 6);
    Tensor dHeads = Tensor.activation("dHeads", 4, 6);
    Tensor z = Tensor.activation("z", 4, 3);
    Tensor dz = Tensor.activation("dz", 4, 3);
    Tensor eps = Tensor.activation("eps", 4, 3);
    Tensor kl = new Tensor("kl", Role.SLOT, Type.F32, 4, 1);
    Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, 9);
    host.write(order, new int[] {8, 7, 6, 5, 4, 3, 2, 1, 0});
    randomise(heads);
    HostMatrix weights = randomise(dz);
    Op forward = new Op.Latent(z, eps, kl, heads, order, Sampling.TRAIN, 3);
    run(List.of(forward, new Op.LatentBackward(dHeads, dz, heads, eps, 0)));
    compare(
        dHeads,
        heads,
        () -> {
          run(List.of(forward));
          return dot(z, weights) + SmallVae.BETA * host.sums(kl, BATCH.slot(), 1)[0];
        });
    assertEquals(24, checked);
  }

  @ParameterizedTest
  @EnumSource
  void reconstruction(Likelihood f) {
    Tensor logit = Tensor.activation("logit", 4, 6);
    Tensor dLogit = Tensor.activation("dLogit", 4, 6);
    Tensor x = new Tensor("x", Role.INPUT, Type.F32, 4, 6);
    Tensor error = new Tensor("error", Role.SLOT, Type.F32, 4, 1);
    randomise(logit);
    Arrays.setAll(host.matrix(x).value(), i -> random.nextDouble());
    List<Op> forward = List.of(new Op.Reconstruction(dLogit, error, logit, x, f));
    run(forward);
    compare(
        dLogit,
        logit,
        () -> {
          run(forward);
          return SCALE * host.sums(error, BATCH.slot(), 1)[0];
        });
    assertEquals(24, checked);
  }
}
