package vaeocl.ops;

import java.util.List;

/**
 * A learned tensor with its gradient and Adam's two moments, all of one shape.
 *
 * @param m running mean of the gradient
 * @param v running mean of its square
 */
public record Param(Tensor value, Tensor gradient, Tensor m, Tensor v) {
  /** A parameter and its companions, named after it. */
  public static Param of(String name, Role role, int rows, int cols) {
    return new Param(
        new Tensor(name, role, Type.F32, rows, cols),
        new Tensor("d" + name, role, Type.F32, rows, cols),
        new Tensor(name + ".m", role, Type.F32, rows, cols),
        new Tensor(name + ".v", role, Type.F32, rows, cols));
  }

  /** What Adam reads and writes. */
  List<Tensor> state() {
    return List.of(value, m, v);
  }
}
