package vaeocl.reference;

import vaeocl.ops.Activation;
import vaeocl.ops.Adam;
import vaeocl.ops.Likelihood;

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

  /** all[order[start + s]][c] = part[s][c]. */
  static void scatter(HostMatrix all, HostMatrix part, int[] order, int start) {
    for (int s = 0; s < part.rows(); s++) {
      for (int c = 0; c < all.cols(); c++) {
        all.set(order[start + s], c, part.at(s, c), part.boundAt(s, c));
      }
    }
  }

  /** The bound behind an activation, which is monotone, of v ± bound. */
  static double activatedBound(Activation f, double v, double bound) {
    double y = f.value(v);
    double spread = Math.max(y - f.value(v - bound), f.value(v + bound) - y);
    return spread + (y == v || y == 0 ? 0 : Rounding.functions(y));
  }

  /** The bound of g·f′ for the derivative at an output y ± yBound and g ± gBound. */
  static double slopedBound(Activation f, double y, double yBound, double g, double gBound) {
    double slope = f.derivative(y);
    double low = Math.abs(f.derivative(y - yBound) - slope);
    double high = Math.abs(f.derivative(y + yBound) - slope);
    double spread = Math.max(low, high);
    double rounding = slope == 0 || slope == 1 ? 0 : Rounding.functions(g);
    return (Math.abs(slope) + spread) * gBound + Math.abs(g) * spread + rounding;
  }

  /** error = Σ f(logit, x), dLogit = weight·∂f/∂logit. */
  static void reconstruction(
      HostMatrix dLogit,
      HostMatrix error,
      int slot,
      HostMatrix logit,
      HostMatrix x,
      Likelihood f,
      double weight) {
    double sum = 0;
    double magnitude = 0;
    double bound = 0;
    for (int j = 0; j < x.value().length; j++) {
      Loss loss = Loss.of(f, logit.value()[j], logit.bound()[j], x.value()[j], x.bound()[j]);
      sum += loss.value();
      magnitude += loss.magnitude();
      bound += loss.bound();
      dLogit.value()[j] = weight * loss.gradient();
      dLogit.bound()[j] = weight * loss.gradientBound();
    }
    double parts = bound / Math.sqrt(x.value().length);
    error.set(slot, 0, sum, parts + Rounding.sum(x.cols(), magnitude));
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
