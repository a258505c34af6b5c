package vaeocl.bench;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import vaeocl.opencl.DeviceBackend;
import vaeocl.ops.Activation;
import vaeocl.ops.Batches;
import vaeocl.ops.Linear;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Tensor;

/**
 * One of the products that carry a step: A (m x k) times B (k x n).
 *
 * @param name as in the literature, layer and direction: fc1, dH3, dW4
 * @param op as the step has it
 */
public record Product(String name, Op op, int m, int k, int n) {
  /** Share of a step's products below which one does not count: the latent space's are far less. */
  private static final double LEAST = 0.01;

  /** The large products of a step, in its order. */
  public static List<Product> of(List<Op> step) {
    List<Product> all = step.stream().map(Product::of).filter(p -> p != null).toList();
    double least = LEAST * all.stream().mapToDouble(Product::flops).sum();
    return all.stream().filter(p -> p.flops() >= least).toList();
  }

  private static Product of(Op op) {
    if (op instanceof Op.Dense o) {
      return new Product(o.layer().name(), o, o.y().rows(), o.x().cols(), o.y().cols());
    } else if (op instanceof Op.DenseBackward o) {
      String name = "d" + o.x().name().toUpperCase(Locale.ROOT);
      return new Product(name, o, o.dx().rows(), o.dy().cols(), o.dx().cols());
    } else if (op instanceof Op.Gradient o) {
      String layer = o.layer().name();
      String name = "dW" + (layer.startsWith("fc") ? layer.substring(2) : " " + layer);
      return new Product(name, o, o.x().cols(), o.x().rows(), o.dy().cols());
    }
    return null;
  }

  /** "128x784x400": rows, sum, columns. */
  public String shape() {
    return m + "x" + k + "x" + n;
  }

  /** A multiply-add counting two. */
  public double flops() {
    return 2.0 * m * k * n;
  }

  /** GFLOP/s over so many calls at a time, by itself and with dense operands. */
  Spread gflops(DeviceBackend backend, int calls, int repeats) {
    Op alone = alone();
    try (Plan plan = backend.compile(List.of(alone), Set.of())) {
      for (Tensor t : alone.reads()) {
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
          .rate(flops() * calls / 1e9);
    }
  }

  /** The same product of tensors of its own, none of which is known to have zeros. */
  private Op alone() {
    if (op instanceof Op.Dense o) {
      return new Op.Dense(dense(o.y()), dense(o.x()), own(o.layer()), Activation.NONE);
    } else if (op instanceof Op.DenseBackward o) {
      Tensor dx = dense(o.dx());
      return new Op.DenseBackward(dx, dense(o.dy()), dense(o.x()), own(o.layer()), Activation.NONE);
    } else if (op instanceof Op.Gradient o) {
      return new Op.Gradient(own(o.layer()), dense(o.dy()), dense(o.x()));
    }
    throw new IllegalStateException(op.name());
  }

  private static Tensor dense(Tensor t) {
    return Tensor.activation("bench " + t.name(), t.rows(), t.cols());
  }

  private static Linear own(Linear layer) {
    return Linear.of("bench " + layer.name(), layer.in(), layer.out());
  }

  private static float[] values(Tensor t) {
    float[] values = new float[Math.toIntExact(t.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 61 - 30) / 61f;
    }
    return values;
  }
}
