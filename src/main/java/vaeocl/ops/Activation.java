package vaeocl.ops;

import java.util.Locale;

/**
 * The function behind a dense layer, y = f(v), and its derivative, which follows from y alone.
 * {@code kernels/lib/activation.cl} has the same formulas.
 */
public enum Activation {
  /** y = v. */
  NONE(0) {
    @Override
    public double value(double v) {
      return v;
    }

    @Override
    public double derivative(double y) {
      return 1;
    }
  },

  /** y = max(v, 0). */
  RELU(1) {
    @Override
    public double value(double v) {
      return Math.max(v, 0);
    }

    @Override
    public double derivative(double y) {
      return y > 0 ? 1 : 0;
    }
  },

  /** y = 1 / (1 + exp(−v)). */
  SIGMOID(2) {
    @Override
    public double value(double v) {
      return 1 / (1 + Math.exp(-v));
    }

    @Override
    public double derivative(double y) {
      return y * (1 - y);
    }
  },

  /** y = v where v > 0, else v / 100 (Maas et al., 2013). */
  LEAKY_RELU(3) {
    @Override
    public double value(double v) {
      return v > 0 ? v : 0.01 * v;
    }

    @Override
    public double derivative(double y) {
      return y > 0 ? 1 : 0.01;
    }
  },

  /** y = tanh(v). */
  TANH(4) {
    @Override
    public double value(double v) {
      return Math.tanh(v);
    }

    @Override
    public double derivative(double y) {
      return 1 - y * y;
    }
  },

  /** y = ln(1 + exp(v)), a smooth ReLU. */
  SOFTPLUS(5) {
    @Override
    public double value(double v) {
      return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }

    @Override
    public double derivative(double y) {
      return -Math.expm1(-y);
    }
  };

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** The number by which the kernels know it. */
  public int code() {
    return code;
  }

  /** What options and files call it: "relu". */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** f(v). */
  public abstract double value(double v);

  /** f′(v), given y = f(v). */
  public abstract double derivative(double y);

  /** Whether much of what it puts out is exactly zero, which a backend may use. */
  public boolean givesZeros() {
    return value(-1) == 0 && derivative(0) == 0;
  }
}
