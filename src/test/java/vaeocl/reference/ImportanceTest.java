package vaeocl.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vaeocl.ops.Batches;
import vaeocl.ops.Likelihood;
import vaeocl.ops.LossWeights;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;

/** Two weighed samples of an image, worked out on paper, each term at half its weight. */
class ImportanceTest {
  private static final double EXACT = 1e-14;
  private static final LossWeights HALF = new LossWeights(0.5, 0.5);

  private final HostBackend host = new HostBackend();

  private void run(LossWeights weights, Op op) {
    try (Plan plan = host.compile(List.of(op), Set.of())) {
      plan.run(new Batches(0, 0, 0, 1, weights));
    }
  }

  private static Tensor matrix(String name, int rows, int cols) {
    return Tensor.activation(name, rows, cols);
  }

  private Tensor given(Tensor t, double... values) {
    System.arraycopy(values, 0, host.matrix(t).value(), 0, values.length);
    return t;
  }

  private void assertValues(Tensor t, double... expected) {
    assertArrayEquals(expected, host.matrix(t).value(), EXACT, t.describe());
  }

  @Test
  void weighedSamples() {
    // Two samples of an image: ln w = −(softplus(0) − 1·0) + ½·(1 − 4 + 0), and with eps 2, z 1.
    Tensor logit = given(matrix("logit", 2, 1), 0, Math.log(3));
    Tensor x = given(new Tensor("x", Role.INPUT, Type.F32, 1, 1), 1);
    Tensor z = given(matrix("z", 2, 1), 2, 1);
    Tensor eps = given(matrix("eps", 2, 1), 1, 2);
    Tensor heads = given(matrix("heads", 1, 2), 1, 0);
    Tensor logW = matrix("logW", 2, 1);
    run(HALF, new Op.LogWeights(logW, logit, x, z, eps, heads, Likelihood.BERNOULLI));
    // ln(1 + 3) − ln 3, half of each loss counting
    double first = -0.5 * Math.log(2) - 1.5;
    double second = -0.5 * Math.log(4.0 / 3) + 1.5;
    assertValues(logW, first, second);

    given(logW, Math.log(1), Math.log(3));
    Tensor share = matrix("share", 2, 1);
    Tensor bound = new Tensor("bound", Role.SLOT, Type.F32, 3, 1);
    run(HALF, new Op.ImportanceWeights(share, bound, logW, 2));
    assertValues(share, 0.25, 0.75);
    assertValues(bound, -Math.log(2), 0, 0);

    Tensor dLogit = matrix("dLogit", 2, 1);
    run(HALF, new Op.WeightedGradient(dLogit, logit, x, share, Likelihood.BERNOULLI));
    // ½·¼·(½ − 1), ½·¾·(¾ − 1)
    assertValues(dLogit, -0.0625, -0.09375);

    Tensor dz = given(matrix("dz", 2, 1), 1, -1);
    Tensor dHeads = matrix("dHeads", 1, 2);
    run(HALF, new Op.ImportanceBackward(dHeads, dz, z, eps, heads, share));
    // g = 1 + ¼·2 = 1.5, −1 + ¾·1 = −¼; ½·(1.5·1 − ¼) + ½·(−¼·2 − ¾) = 0
    assertValues(dHeads, 1.25, 0);
  }
}
