package vaeocl.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Batches;
import vaeocl.ops.Likelihood;
import vaeocl.ops.Linear;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** One small case of each operation, worked out on paper. */
class HandWorkedTest {
  private static final double EXACT = 1e-14;
  private static final LossWeights HALF = new LossWeights(0.5, 0.5);

  private final HostBackend host = new HostBackend();

  private void run(long step, int slot, int start, Op... ops) {
    try (Plan plan = host.compile(List.of(ops), Set.of())) {
      plan.run(new Batches(step, slot, start, 1));
    }
  }

  /** In slot 0, at other weights. */
  private void run(LossWeights weights, Op op) {
    try (Plan plan = host.compile(List.of(op), Set.of())) {
      plan.run(new Batches(0, 0, 0, 1, weights));
    }
  }

  private Tensor given(Tensor t, double... values) {
    assertEquals(t.size(), values.length);
    System.arraycopy(values, 0, host.matrix(t).value(), 0, values.length);
    return t;
  }

  private void assertValues(Tensor t, double... expected) {
    assertArrayEquals(expected, host.matrix(t).value(), EXACT, t.describe());
  }

  private static Tensor slot(String name) {
    return new Tensor(name, Role.SLOT, Type.F32, 3, 1);
  }

  private static Tensor matrix(String name, int rows, int cols) {
    return Tensor.activation(name, rows, cols);
  }

  /** Three inputs, two outputs: w = (1 2 3; 4 5 6), b = (10, −100). */
  private Linear layer() {
    Linear layer = Linear.of("layer", 3, 2);
    given(layer.weight().value(), 1, 2, 3, 4, 5, 6);
    given(layer.bias().value(), 10, -100);
    return layer;
  }

  @Test
  void gather() {
    Tensor images = new Tensor("images", Role.DATASET, Type.U8, 3, 2);
    Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, 3);
    Tensor x = new Tensor("x", Role.INPUT, Type.F32, 2, 2);
    host.write(images, new byte[] {(byte) 255, 0, 51, (byte) 204, 102, (byte) 153});
    host.write(order, new int[] {1, 2, 0});
    run(0, 0, 1, new Op.Gather(x, images, order));
    // From row 1 of the order: images 2 and 0. 102/255, 153/255; 255/255, 0.
    assertValues(x, 0.4, 0.6, 1, 0);
  }

  @Test
  void dense() {
    Tensor x = given(matrix("x", 1, 3), 1, -1, 2);
    Tensor y = matrix("y", 1, 2);
    Linear layer = layer();
    // 1·1 − 1·2 + 2·3 + 10 = 15; 1·4 − 1·5 + 2·6 − 100 = −89
    run(0, 0, 0, new Op.Dense(y, x, layer, Activation.NONE));
    assertValues(y, 15, -89);
    run(0, 0, 0, new Op.Dense(y, x, layer, Activation.RELU));
    assertValues(y, 15, 0);
    // With b = (−5, −11 + ln 3): sigmoid(5 − 5) = ½, sigmoid(11 − 11 + ln 3) = 1 / (1 + 1/3) = ¾
    given(layer.bias().value(), -5, -11 + Math.log(3));
    run(0, 0, 0, new Op.Dense(y, x, layer, Activation.SIGMOID));
    assertValues(y, 0.5, 0.75);
  }

  @Test
  void latentWithoutNoise() {
    Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, 2);
    Tensor heads = given(matrix("heads", 2, 2), 2, 0, -1, Math.log(4));
    Tensor z = matrix("z", 2, 1);
    Tensor eps = matrix("eps", 2, 1);
    Tensor kl = slot("kl");
    run(0, 1, 0, new Op.Latent(z, eps, kl, heads, order, Sampling.MEAN, 1));
    assertValues(z, 2, -1);
    assertValues(eps, 0, 0);
    // ½(2² + 1 − 0 − 1) + ½(1² + 4 − ln 4 − 1) = 2 + 2 − ln 2, into slot 1
    assertValues(kl, 0, 4 - Math.log(2), 0);
  }

  @Test
  void latentWithNoise() {
    Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, 1);
    Tensor heads = given(matrix("heads", 1, 4), 2, 3, Math.log(4), Math.log(9));
    Tensor z = matrix("z", 1, 2);
    Tensor eps = matrix("eps", 1, 2);
    run(5, 0, 0, new Op.Latent(z, eps, slot("kl"), heads, order, Sampling.TRAIN, 1));
    double[] e = host.matrix(eps).value();
    // mu + exp(logvar / 2)·eps, exp(ln 4 / 2) = 2, exp(ln 9 / 2) = 3
    assertValues(z, 2 + 2 * e[0], 3 + 3 * e[1]);
  }

  @Test
  void scatter() {
    Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, 4);
    host.write(order, new int[] {3, 1, 0, 2});
    Tensor part = given(matrix("part", 2, 3), 1, 2, 3, 4, 5, 6);
    Tensor all = given(new Tensor("all", Role.RESULT, Type.F32, 4, 2), 0, 0, 0, 0, 0, 0, 0, 9);
    run(0, 0, 1, new Op.Scatter(all, part, order));
    // Rows 1 and 0, the images at positions 1 and 2, of which the last column is left out.
    assertValues(all, 4, 5, 1, 2, 0, 0, 0, 9);
  }

  @Test
  void latentBackward() {
    Tensor heads = given(matrix("heads", 1, 4), 3, -1, 0, Math.log(4));
    Tensor eps = given(matrix("eps", 1, 2), 0.5, -2);
    Tensor dz = given(matrix("dz", 1, 2), 2, 3);
    Tensor dHeads = matrix("dHeads", 1, 4);
    run(HALF, new Op.LatentBackward(dHeads, dz, heads, eps, 0));
    // dmu: 2 + ½·3 = 3.5; 3 − ½·1 = 2.5
    // dlogvar: ½·2·1·½ + ¼·(1 − 1) = 0.5; ½·3·2·(−2) + ¼·(4 − 1) = −5.25
    assertValues(dHeads, 3.5, 2.5, 0.5, -5.25);
    // KL: ½·(9 + 1 − 0 − 1) = 4.5; ½·(1 + 4 − ln 4 − 1) = 1.307: below 2, beta is 0 there
    run(HALF, new Op.LatentBackward(dHeads, dz, heads, eps, 2));
    assertValues(dHeads, 3.5, 3, 0.5, -6);
    Tensor extra = slot("extra");
    run(HALF, new Op.FreeBits(extra, heads, 2));
    assertValues(extra, 2 - 0.5 * (4 - Math.log(4)), 0, 0);
  }

  @Test
  void reconstruction() {
    Tensor logit = given(matrix("logit", 1, 2), 0, Math.log(3));
    Tensor x = given(new Tensor("x", Role.INPUT, Type.F32, 1, 2), 1, 0.25);
    Tensor dLogit = matrix("dLogit", 1, 2);
    Tensor error = slot("error");
    run(0, 2, 0, new Op.Reconstruction(dLogit, error, logit, x, Likelihood.MSE));
    // recon = ½, ¾: (½ − 1)² + (¾ − ¼)² = ½; 2·(−½)·½·½ = −¼; 2·½·¾·¼ = 3/16
    assertValues(error, 0, 0, 0.5);
    assertValues(dLogit, -0.25, 0.1875);
  }

  @Test
  void denseBackward() {
    Tensor dy = given(matrix("dy", 1, 2), 1, -1);
    Tensor x = given(matrix("x", 1, 3), 1, 0, 2);
    Tensor dx = matrix("dx", 1, 3);
    Linear layer = layer();
    // 1·(1 2 3) − 1·(4 5 6) = (−3 −3 −3)
    run(0, 0, 0, new Op.DenseBackward(dx, dy, x, layer, Activation.NONE));
    assertValues(dx, -3, -3, -3);
    // ReLU was shut where x is 0.
    run(0, 0, 0, new Op.DenseBackward(dx, dy, x, layer, Activation.RELU));
    assertValues(dx, -3, 0, -3);
  }

  @Test
  void gradient() {
    Tensor dy = given(matrix("dy", 2, 2), 1, -1, 2, 3);
    Tensor x = given(matrix("x", 2, 3), 1, 2, 3, 4, 5, 6);
    Linear layer = layer();
    run(0, 0, 0, new Op.Gradient(layer, dy, x));
    // Row 0: 1·(1 2 3) + 2·(4 5 6); row 1: −1·(1 2 3) + 3·(4 5 6)
    assertValues(layer.weight().gradient(), 9, 12, 15, 11, 13, 15);
    assertValues(layer.bias().gradient(), 3, 2); // 1 + 2, −1 + 3
  }

  /** lr 0.1, β₁ = ½, β₂ = ¾, eps = ½: large, so that its place shows. */
  @Test
  void adam() {
    Linear layer = Linear.of("layer", 1, 1);
    given(layer.weight().value(), 1);
    Op step = new Op.AdamStep(layer, new Adam(0.1, 0.5, 0.75, 0.5, 0));
    given(layer.weight().gradient(), 2);
    run(0, 0, 0, step);
    // m = ½·2 = 1, v = ¼·4 = 1; m̂ = 1 / (1 − ½) = 2, v̂ = 1 / (1 − ¾) = 4
    // w = 1 − 0.1·2 / (√4 + ½) = 0.92
    assertValues(layer.weight().m(), 1);
    assertValues(layer.weight().v(), 1);
    assertValues(layer.weight().value(), 0.92);
    given(layer.weight().gradient(), -2);
    run(1, 0, 0, step);
    // m = ½·1 − ½·2 = −½, v = ¾·1 + ¼·4 = 7/4; m̂ = −½ / (1 − ¼) = −2/3, v̂ = 7/4 / (1 − 9/16) = 4
    // w = 0.92 + 0.1·2/3 / (√4 + ½) = 0.92 + 2/75
    assertValues(layer.weight().m(), -0.5);
    assertValues(layer.weight().v(), 1.75);
    assertValues(layer.weight().value(), 0.92 + 2 / 75.0);
    assertValues(layer.bias().value(), 0); // no gradient, no step
  }

  @Test
  void imageMetrics() {
    Tensor x = new Tensor("x", Role.INPUT, Type.F32, 1, 49);
    Tensor recon = given(matrix("recon", 1, 49), new double[49]);
    Tensor figures = new Tensor("figures", Role.RESULT, Type.F32, 2, 3);
    java.util.Arrays.fill(host.matrix(x).value(), 1);
    run(0, 0, 1, new Op.ImageMetrics(figures, recon, x, 7, 7));
    // White against black, one window: MSE 1, PSNR 10·log₁₀ 1 = 0, and without any variance
    // SSIM = (0 + 10⁻⁴)·(0 + 9·10⁻⁴) / ((1 + 10⁻⁴)·(0 + 9·10⁻⁴)) = 1 / 10001. Row 0 is another's.
    assertValues(figures, 0, 0, 0, 1, 0, 1 / 10001.0);
  }
}
