package vaeocl.ops;

/**
 * A matrix by name and shape, without storage: each backend keeps its own, in a layout of its own.
 *
 * @param name field's name of the quantity, such as {@code h1} or {@code fc1.weight}
 * @param rows samples, output features or steps, by role
 * @param cols features, input features or figures, by role
 */
public record Tensor(String name, Role role, Type type, int rows, int cols) {
  public Tensor {
    if (rows < 1 || cols < 1) {
      throw new IllegalArgumentException(name + " must be at least 1x1: " + rows + "x" + cols);
    }
  }

  /** A batch of activations, or their gradient: [batch, features]. */
  public static Tensor activation(String name, int batch, int features) {
    return new Tensor(name, Role.ACTIVATION, Type.F32, batch, features);
  }

  /** Number of elements. */
  public long size() {
    return (long) rows * cols;
  }

  /** "name 3x4", for messages. */
  public String describe() {
    return name + " " + rows + "x" + cols;
  }
}
