package vaeocl.ops;

/** The function behind a dense layer. Kernels know it by {@link #code()}. */
public enum Activation {
  NONE(0),
  RELU(1),
  SIGMOID(2);

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** The number by which {@code kernels/lib/activation.cl} knows it. */
  public int code() {
    return code;
  }
}
