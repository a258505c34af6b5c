package vaeocl.bench;

import java.util.List;
import java.util.Set;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Activation;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;

/**
 * One of the five products that carry a step, by itself: A (m x k) times B (k x n), with dense
 * operands.
 *
 * @param name as in the literature: layer and direction
 */
public record Product(String name, Op op, int m, int k, int n) {
  /** The products of the layers 784-400 and 400-784, a batch at a time. */
  public static List<Product> of(int batch, int pixels, int hidden) {
    Linear fc1 = Linear.of("bench fc1", pixels, hidden);
    Linear fc4 = Linear.of("bench fc4", hidden, pixels);
    Tensor x = Tensor.activation("bench x", batch, pixels);
    Tensor h1 = Tensor.activation("bench h1", batch, hidden);
    Tensor h3 = Tensor.activation("bench h3", batch, hidden);
    Tensor logit = Tensor.activation("bench logit", batch, pixels);
    Tensor dLogit = Tensor.activation("bench dLogit", batch, pixels);
    Tensor dh1 = Tensor.activation("bench dh1", batch, hidden);
    Tensor dh3 = Tensor.activation("bench dh3", batch, hidden);
    Activation none = Activation.NONE;
    return List.of(
        new Product("fc1", new Op.Dense(h1, x, fc1, none), batch, pixels, hidden),
        new Product("fc4", new Op.Dense(logit, h3, fc4, none), batch, hidden, pixels),
        new Product("dH3", new Op.DenseBackward(dh3, dLogit, h3, fc4, none), batch, pixels, hidden),
        new Product("dW4", new Op.Gradient(fc4, dLogit, h3), hidden, batch, pixels),
        new Product("dW1", new Op.Gradient(fc1, dh1, x), pixels, batch, hidden));
  }

  /** "128x784x400": rows, sum, columns. */
  public String shape() {
    return m + "x" + k + "x" + n;
  }

  /** GFLOP/s over so many calls at a time. */
  Spread gflops(DeviceBackend backend, int calls, int repeats) {
    try (Plan plan = backend.compile(List.of(op), Set.of())) {
      for (Tensor t : op.reads()) {
        backend.write(t, values(t));
      }
      return Spread.of(
              repeats,
              () -> {
                backend.finish();
                long begin = System.nanoTime();
                plan.run(new Batches(0, 0, 0, calls));
                backend.finish();
                return (System.nanoTime() - begin) / 1e9;
              })
          .rate(2.0 * m * k * n * calls / 1e9);
    }
  }

  private static float[] values(Tensor t) {
    float[] values = new float[Math.toIntExact(t.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 61 - 30) / 61f;
    }
    return values;
  }
}
