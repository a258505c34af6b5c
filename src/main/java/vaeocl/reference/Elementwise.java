package vaeocl.reference;

import vaeocl.ops.Activation;
import vaeocl.ops.Adam;

/** Operations that treat every element by itself. */
final class Elementwise {
  private Elementwise() {}

  /** x[s] = images[order[start + s]] / 255. */
  static void gather(HostMatrix x, byte[] images, int[] order, int start) {
    for (int s = 0; s < x.rows(); s++) {
      int image = order[start + s];
      for (int i = 0; i < x.cols(); i++) {
        double pixel = (images[image * x.cols() + i] & 0xFF) / 255.0;
        x.set(s, i, pixel, 2 * Rounding.UNIT * pixel);
      }
    }
  }

  static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  static double activate(Activation f, double v) {
    return switch (f) {
      case NONE -> v;
      case RELU -> Math.max(v, 0);
      case SIGMOID -> sigmoid(v);
    };
  }

  /** The bound behind the activation of v ± bound: sigmoid is nowhere steeper than ¼. */
  static double activatedBound(Activation f, double v, double bound) {
    return f == Activation.SIGMOID ? bound / 4 + Rounding.functions(sigmoid(v)) : bound;
  }

  /** error = Σ (r − x)², dLogit = 2(r − x)·r·(1 − r) with r = sigmoid(logit). */
  static void reconstruction(
      HostMatrix dLogit, HostMatrix error, int slot, HostMatrix logit, HostMatrix x) {
    double sum = 0;
    double bound = 0;
    for (int j = 0; j < x.value().length; j++) {
      double r = sigmoid(logit.value()[j]);
      double slope = r * (1 - r);
      double difference = r - x.value()[j];
      double off = slope * logit.bound()[j] + Rounding.functions(r) + x.bound()[j];
      sum += difference * difference;
      bound += 2 * Math.abs(difference) * off;
      dLogit.value()[j] = 2 * difference * slope;
      // |d(2(r − x)r(1 − r))/dr| = |2r(1 − r) + 2(r − x)(1 − 2r)| ≤ ½ + 2|r − x|
      dLogit.bound()[j] = (0.5 + 2 * Math.abs(difference)) * off + Rounding.functions(0.5);
    }
    error.set(slot, 0, sum, bound / Math.sqrt(x.value().length) + Rounding.sum(x.cols(), sum));
  }

  /** One Adam step t = 1, 2, … */
  static void adam(HostMatrix w, HostMatrix m, HostMatrix v, HostMatrix g, Adam c, long t) {
    double step = c.stepSize(t);
    double scale = c.rootScale(t);
    for (int j = 0; j < w.value().length; j++) {
      double gradient = g.value()[j];
      double off = g.bound()[j];
      double mean = c.beta1() * m.value()[j] + (1 - c.beta1()) * gradient;
      double square = c.beta2() * v.value()[j] + (1 - c.beta2()) * gradient * gradient;
      double update = update(mean, square, step, scale, c.eps());
      // How far w moves when the gradient lies at either end of its bound.
      double low = moved(m.value()[j], v.value()[j], gradient - off, c, step, scale);
      double high = moved(m.value()[j], v.value()[j], gradient + off, c, step, scale);
      double spread = Math.max(Math.abs(low - update), Math.abs(high - update));
      double before = w.value()[j];
      w.value()[j] = before - update;
      w.bound()[j] += spread + Rounding.functions(update) + 4 * Rounding.UNIT * Math.abs(before);
      m.bound()[j] =
          c.beta1() * m.bound()[j]
              + (1 - c.beta1()) * off
              + 4 * Rounding.UNIT * (Math.abs(m.value()[j]) + Math.abs(gradient))
              + 1e-12;
      v.bound()[j] =
          c.beta2() * v.bound()[j]
              + (1 - c.beta2()) * off * (2 * Math.abs(gradient) + off)
              + 4 * Rounding.UNIT * square
              + 1e-12;
      m.value()[j] = mean;
      v.value()[j] = square;
    }
  }

  private static double moved(double m, double v, double g, Adam c, double step, double scale) {
    double mean = c.beta1() * m + (1 - c.beta1()) * g;
    double square = c.beta2() * v + (1 - c.beta2()) * g * g;
    return update(mean, square, step, scale, c.eps());
  }

  private static double update(double m, double v, double step, double scale, double eps) {
    return step * m / (Math.sqrt(v) * scale + eps);
  }
}
