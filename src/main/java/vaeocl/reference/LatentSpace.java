package vaeocl.reference;

import vaeocl.ops.Op;
import vaeocl.ops.Sampling;
import vaeocl.random.Philox;
import vaeocl.random.Stream;

/** Sampling, the divergence, and the way back. */
final class LatentSpace {
  private LatentSpace() {}

  /** z = mu + exp(logvar/2)·eps; kl[slot] = ½ Σ (mu² + exp(logvar) − logvar − 1). */
  static void forward(
      HostMatrix z,
      HostMatrix eps,
      HostMatrix kl,
      int slot,
      HostMatrix heads,
      Op.Latent op,
      long step,
      int[] order,
      int start) {
    int latent = z.cols();
    double total = 0;
    double totalMagnitude = 0;
    double totalBound = 0;
    for (int s = 0; s < z.rows(); s++) {
      int of = s / op.samples();
      int sample = s % op.samples();
      double[] noise = noise(op, step, order[start + of], sample);
      for (int d = 0; d < latent; d++) {
        double mu = heads.at(of, d);
        double logvar = heads.at(of, latent + d);
        double muBound = heads.boundAt(of, d);
        double logvarBound = heads.boundAt(of, latent + d);
        double sigma = Math.exp(logvar / 2);
        double spread = sigma * noise[d];
        boolean sampled = op.sampling() != Sampling.MEAN;
        eps.set(s, d, noise[d], sampled ? Rounding.functions(noise[d]) : 0);
        z.set(
            s,
            d,
            mu + spread,
            muBound
                + Math.abs(spread) * logvarBound / 2
                + sigma * eps.boundAt(s, d)
                + Rounding.functions(Math.abs(mu) + Math.abs(spread) * (1 + Math.abs(logvar))));
        double term = 0.5 * (mu * mu + sigma * sigma - logvar - 1);
        double magnitude =
            0.5 * (mu * mu + sigma * sigma * (1 + Math.abs(logvar)) + Math.abs(logvar) + 1);
        if (sample == 0) {
          total += term;
          totalMagnitude += magnitude;
          totalBound += Math.abs(mu) * muBound + 0.5 * Math.abs(sigma * sigma - 1) * logvarBound;
        }
      }
    }
    kl.set(slot, 0, total, totalBound + Rounding.sum(latent, 4 * totalMagnitude));
  }

  private static double[] noise(Op.Latent op, long step, int image, int sample) {
    int latent = op.z().cols();
    int first = sample * ((latent + 3) / 4);
    return switch (op.sampling()) {
      case TRAIN -> Philox.normals(op.seed(), Stream.TRAIN, (int) step, image, first, latent);
      case IMPORTANCE ->
          Philox.normals(op.seed(), Stream.EVALUATE, (int) step, image, first, latent);
      case EVALUATE -> Philox.normals(op.seed(), Stream.EVALUATE, 0, image, first, latent);
      case MEAN -> new double[latent];
    };
  }

  /** One dimension's divergence. */
  static double divergence(double mu, double logvar) {
    return 0.5 * (mu * mu + Math.exp(logvar) - logvar - 1);
  }

  /** extra[slot] = Σ max(freeBits − kl, 0). */
  static void freeBits(HostMatrix extra, int slot, HostMatrix heads, double freeBits) {
    int latent = heads.cols() / 2;
    double sum = 0;
    double magnitude = 0;
    double bound = 0;
    for (int s = 0; s < heads.rows(); s++) {
      for (int d = 0; d < latent; d++) {
        double mu = heads.at(s, d);
        double logvar = heads.at(s, latent + d);
        double kl = divergence(mu, logvar);
        double off =
            Math.abs(mu) * heads.boundAt(s, d)
                + 0.5 * Math.abs(Math.exp(logvar) - 1) * heads.boundAt(s, latent + d)
                + Rounding.functions(kl + Math.abs(logvar) + 1);
        sum += Math.max(freeBits - kl, 0);
        magnitude += Math.max(freeBits - kl, 0);
        bound += kl - off < freeBits ? off : 0;
      }
    }
    extra.set(slot, 0, sum, bound + Rounding.sum(latent, magnitude));
  }

  /**
   * dmu = dz + β·mu; dlogvar = ½·dz·exp(logvar/2)·eps + ½·β·(exp(logvar) − 1); β = 0 below free
   * bits.
   */
  static void backward(
      HostMatrix dHeads,
      HostMatrix dz,
      HostMatrix heads,
      HostMatrix eps,
      double weight,
      double freeBits) {
    int latent = dz.cols();
    for (int s = 0; s < dz.rows(); s++) {
      for (int d = 0; d < latent; d++) {
        double g = dz.at(s, d);
        double mu = heads.at(s, d);
        double logvar = heads.at(s, latent + d);
        double spread = Math.exp(logvar / 2) * eps.at(s, d);
        double variance = Math.exp(logvar);
        double kl = divergence(mu, logvar);
        double beta = freeBits > 0 && kl < freeBits ? 0 : weight;
        // Either is right where rounding decides.
        boolean open = freeBits > 0 && Math.abs(kl - freeBits) <= Rounding.functions(1 + 2 * kl);
        double muChoice = open ? weight * Math.abs(mu) : 0;
        double logvarChoice = open ? 0.5 * weight * Math.abs(variance - 1) : 0;
        dHeads.set(
            s,
            d,
            g + beta * mu,
            muChoice
                + dz.boundAt(s, d)
                + beta * heads.boundAt(s, d)
                + Rounding.functions(Math.abs(g) + beta * Math.abs(mu)));
        double path = 0.5 * g * spread;
        double pull = 0.5 * beta * (variance - 1);
        double stretch = 1 + Math.abs(logvar);
        dHeads.set(
            s,
            latent + d,
            path + pull,
            logvarChoice
                + 0.5 * dz.boundAt(s, d) * Math.abs(spread)
                + 0.5 * Math.abs(g) * Math.exp(logvar / 2) * eps.boundAt(s, d)
                + (Math.abs(path) / 2 + 0.5 * beta * variance) * heads.boundAt(s, latent + d)
                + Rounding.functions((Math.abs(path) + 0.5 * beta * (variance + 1)) * stretch));
      }
    }
  }
}
