package vaeocl.reference;

import vaeocl.ops.Likelihood;

/**
 * Weighed samples. Rows of an image follow each other, {@code latent} holds z, eps and heads in
 * this order.
 */
final class Importance {
  private Importance() {}

  /** ln w = −scale·Σ f(logit, x) + ½ Σ (eps² − z² + logvar). */
  static void logWeights(
      HostMatrix logW,
      HostMatrix logit,
      HostMatrix x,
      HostMatrix[] latent,
      Likelihood f,
      double scale) {
    HostMatrix z = latent[0];
    HostMatrix eps = latent[1];
    HostMatrix heads = latent[2];
    int samples = logit.rows() / x.rows();
    for (int r = 0; r < logit.rows(); r++) {
      int s = r / samples;
      double loss = 0;
      double magnitude = 0;
      double bound = 0;
      for (int i = 0; i < logit.cols(); i++) {
        Loss pixel = loss(f, logit, r, x, s, i);
        loss += pixel.value();
        magnitude += pixel.magnitude();
        bound += pixel.bound();
      }
      double twice = 0;
      double terms = 0;
      double off = 0;
      for (int d = 0; d < z.cols(); d++) {
        double logvar = heads.at(s, z.cols() + d);
        double noise = eps.at(r, d) * eps.at(r, d);
        double point = z.at(r, d) * z.at(r, d);
        twice += noise - point + logvar;
        terms += noise + point + Math.abs(logvar);
        off +=
            2 * Math.abs(eps.at(r, d)) * eps.boundAt(r, d)
                + 2 * Math.abs(z.at(r, d)) * z.boundAt(r, d)
                + heads.boundAt(s, z.cols() + d);
      }
      double rounding =
          scale * (bound / Math.sqrt(logit.cols()) + Rounding.sum(logit.cols(), magnitude))
              + off / 2
              + Rounding.sum(3 * z.cols(), terms);
      logW.set(r, 0, twice / 2 - scale * loss, rounding);
    }
  }

  /** share = w / Σ w, and bound[slot] = −Σ ln(mean of an image's w). */
  static void weights(HostMatrix share, HostMatrix bound, int slot, HostMatrix logW, int samples) {
    double total = 0;
    double off = 0;
    for (int first = 0; first < logW.rows(); first += samples) {
      double most = Double.NEGATIVE_INFINITY;
      double widest = 0;
      for (int k = first; k < first + samples; k++) {
        most = Math.max(most, logW.at(k, 0));
        widest = Math.max(widest, logW.boundAt(k, 0));
      }
      double sum = 0;
      for (int k = first; k < first + samples; k++) {
        sum += Math.exp(logW.at(k, 0) - most);
      }
      for (int k = first; k < first + samples; k++) {
        double w = Math.exp(logW.at(k, 0) - most) / sum;
        // Both logarithms are off, their difference rounds by its size.
        double distance = most - logW.at(k, 0);
        double rounding = Rounding.functions(w * (1 + distance) * Math.sqrt(samples));
        share.set(k, 0, w, w * 2 * widest + rounding);
      }
      double mean = most + Math.log(sum / samples);
      total -= mean;
      off += widest + Rounding.functions(Math.abs(most) + 1 + Math.sqrt(samples));
    }
    bound.set(slot, 0, total, off);
  }

  /** dLogit = share·scale·∂f/∂logit. */
  static void gradient(
      HostMatrix dLogit,
      HostMatrix logit,
      HostMatrix x,
      HostMatrix share,
      Likelihood f,
      double scale) {
    int samples = logit.rows() / x.rows();
    for (int r = 0; r < logit.rows(); r++) {
      double weight = share.at(r, 0) * scale;
      for (int i = 0; i < logit.cols(); i++) {
        Loss pixel = loss(f, logit, r, x, r / samples, i);
        double off =
            Math.abs(weight) * pixel.gradientBound()
                + scale * share.boundAt(r, 0) * Math.abs(pixel.gradient())
                + Rounding.functions(weight * pixel.gradient());
        dLogit.set(r, i, weight * pixel.gradient(), off);
      }
    }
  }

  private static Loss loss(Likelihood f, HostMatrix logit, int r, HostMatrix x, int s, int i) {
    return Loss.of(f, logit.at(r, i), logit.boundAt(r, i), x.at(s, i), x.boundAt(s, i));
  }

  /** With g = dz + share·z: dmu = Σ g, dlogvar = ½ Σ (g·exp(logvar/2)·eps − share). */
  static void backward(HostMatrix dHeads, HostMatrix dz, HostMatrix[] latent, HostMatrix share) {
    HostMatrix z = latent[0];
    HostMatrix eps = latent[1];
    HostMatrix heads = latent[2];
    int samples = z.rows() / heads.rows();
    for (int s = 0; s < heads.rows(); s++) {
      for (int d = 0; d < z.cols(); d++) {
        int right = z.cols() + d;
        double sigma = Math.exp(heads.at(s, right) / 2);
        double mu = 0;
        double logvar = 0;
        double muTerms = 0;
        double terms = 0;
        double muOff = 0;
        double off = 0;
        for (int k = s * samples; k < (s + 1) * samples; k++) {
          double part = share.at(k, 0);
          double g = dz.at(k, d) + part * z.at(k, d);
          double path = g * sigma * eps.at(k, d);
          double gOff =
              dz.boundAt(k, d)
                  + Math.abs(z.at(k, d)) * share.boundAt(k, 0)
                  + Math.abs(part) * z.boundAt(k, d);
          mu += g;
          logvar += 0.5 * (path - part);
          muTerms += Math.abs(dz.at(k, d)) + Math.abs(part * z.at(k, d));
          terms += Math.abs(path) * (1 + Math.abs(heads.at(s, right))) + Math.abs(part);
          muOff += gOff;
          off +=
              0.5 * gOff * sigma * Math.abs(eps.at(k, d))
                  + 0.5 * Math.abs(g) * sigma * eps.boundAt(k, d)
                  + 0.25 * Math.abs(path) * heads.boundAt(s, right)
                  + 0.5 * share.boundAt(k, 0);
        }
        dHeads.set(s, d, mu, muOff + Rounding.sum(2 * samples, 4 * muTerms));
        dHeads.set(s, right, logvar, off + Rounding.sum(2 * samples, 4 * terms));
      }
    }
  }
}
