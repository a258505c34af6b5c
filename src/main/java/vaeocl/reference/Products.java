package vaeocl.reference;

import vaeocl.ops.Activation;

/** The dense layer's three products. */
final class Products {
  private Products() {}

  /** y[s][o] = f(Σᵢ x[s][i]·w[o][i] + b[o]). */
  static void dense(HostMatrix y, HostMatrix x, HostMatrix w, HostMatrix b, Activation f) {
    int k = x.cols();
    for (int s = 0; s < y.rows(); s++) {
      for (int o = 0; o < y.cols(); o++) {
        double sum = b.at(0, o);
        double magnitude = Math.abs(sum);
        double inherited = b.boundAt(0, o);
        int xi = s * k;
        int wi = o * k;
        for (int i = 0; i < k; i++, xi++, wi++) {
          double product = x.value()[xi] * w.value()[wi];
          sum += product;
          magnitude += Math.abs(product);
          inherited +=
              x.bound()[xi] * Math.abs(w.value()[wi]) + Math.abs(x.value()[xi]) * w.bound()[wi];
        }
        double bound = Rounding.sum(k + 1, magnitude) + inherited;
        y.set(s, o, f.value(sum), Elementwise.activatedBound(f, sum, bound));
      }
    }
  }

  /** dx[s][i] = f′(x[s][i])·Σₒ dy[s][o]·w[o][i]. */
  static void denseBackward(
      HostMatrix dx, HostMatrix dy, HostMatrix x, HostMatrix w, Activation f) {
    int in = dx.cols();
    double[] sum = new double[in];
    double[] magnitude = new double[in];
    double[] inherited = new double[in];
    for (int s = 0; s < dx.rows(); s++) {
      java.util.Arrays.fill(sum, 0);
      java.util.Arrays.fill(magnitude, 0);
      java.util.Arrays.fill(inherited, 0);
      for (int o = 0; o < dy.cols(); o++) {
        double g = dy.at(s, o);
        double gBound = dy.boundAt(s, o);
        int wi = o * in;
        for (int i = 0; i < in; i++, wi++) {
          double product = g * w.value()[wi];
          sum[i] += product;
          magnitude[i] += Math.abs(product);
          inherited[i] += gBound * Math.abs(w.value()[wi]) + Math.abs(g) * w.bound()[wi];
        }
      }
      for (int i = 0; i < in; i++) {
        double y = x.at(s, i);
        double bound = Rounding.sum(dy.cols(), magnitude[i]) + inherited[i];
        double sloped = Elementwise.slopedBound(f, y, x.boundAt(s, i), sum[i], bound);
        dx.set(s, i, sum[i] * f.derivative(y), sloped);
      }
    }
  }

  /** dw[o][i] = Σₛ dy[s][o]·x[s][i], db[o] = Σₛ dy[s][o]. */
  static void gradient(HostMatrix dw, HostMatrix db, HostMatrix dy, HostMatrix x) {
    int in = x.cols();
    int batch = x.rows();
    double[] sum = new double[in];
    double[] magnitude = new double[in];
    double[] inherited = new double[in];
    for (int o = 0; o < dy.cols(); o++) {
      java.util.Arrays.fill(sum, 0);
      java.util.Arrays.fill(magnitude, 0);
      java.util.Arrays.fill(inherited, 0);
      double biasSum = 0;
      double biasMagnitude = 0;
      double biasInherited = 0;
      for (int s = 0; s < batch; s++) {
        double g = dy.at(s, o);
        double gBound = dy.boundAt(s, o);
        biasSum += g;
        biasMagnitude += Math.abs(g);
        biasInherited += gBound;
        int xi = s * in;
        for (int i = 0; i < in; i++, xi++) {
          double product = g * x.value()[xi];
          sum[i] += product;
          magnitude[i] += Math.abs(product);
          inherited[i] += gBound * Math.abs(x.value()[xi]) + Math.abs(g) * x.bound()[xi];
        }
      }
      for (int i = 0; i < in; i++) {
        dw.set(o, i, sum[i], Rounding.sum(batch, magnitude[i]) + inherited[i]);
      }
      db.set(0, o, biasSum, Rounding.sum(batch, biasMagnitude) + biasInherited);
    }
  }
}
