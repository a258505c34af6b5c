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
      double[] noise = noise(op.sampling(), op.seed(), step, order[start + s], latent);
      for (int d = 0; d < latent; d++) {
        double mu = heads.at(s, d);
        double logvar = heads.at(s, latent + d);
        double muBound = heads.boundAt(s, d);
        double logvarBound = heads.boundAt(s, latent + d);
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
        total += term;
        totalMagnitude += magnitude;
        totalBound += Math.abs(mu) * muBound + 0.5 * Math.abs(sigma * sigma - 1) * logvarBound;
      }
    }
    kl.set(slot, 0, total, totalBound + Rounding.sum(latent, 4 * totalMagnitude));
  }

  private static double[] noise(Sampling sampling, long seed, long step, int image, int latent) {
    return switch (sampling) {
      case TRAIN -> Philox.normals(seed, Stream.TRAIN, (int) step, image, 0, latent);
      case EVALUATE -> Philox.normals(seed, Stream.EVALUATE, 0, image, 0, latent);
      case MEAN -> new double[latent];
    };
  }

  /** dmu = dz + β·mu; dlogvar = ½·dz·exp(logvar/2)·eps + ½·β·(exp(logvar) − 1). */
  static void backward(
      HostMatrix dHeads, HostMatrix dz, HostMatrix heads, HostMatrix eps, double beta) {
    int latent = dz.cols();
    for (int s = 0; s < dz.rows(); s++) {
      for (int d = 0; d < latent; d++) {
        double g = dz.at(s, d);
        double mu = heads.at(s, d);
        double logvar = heads.at(s, latent + d);
        double spread = Math.exp(logvar / 2) * eps.at(s, d);
        double variance = Math.exp(logvar);
        dHeads.set(
            s,
            d,
            g + beta * mu,
            dz.boundAt(s, d)
                + beta * heads.boundAt(s, d)
                + Rounding.functions(Math.abs(g) + beta * Math.abs(mu)));
        double path = 0.5 * g * spread;
        double pull = 0.5 * beta * (variance - 1);
        double stretch = 1 + Math.abs(logvar);
        dHeads.set(
            s,
            latent + d,
            path + pull,
            0.5 * dz.boundAt(s, d) * Math.abs(spread)
                + 0.5 * Math.abs(g) * Math.exp(logvar / 2) * eps.boundAt(s, d)
                + (Math.abs(path) / 2 + 0.5 * beta * variance) * heads.boundAt(s, latent + d)
                + Rounding.functions((Math.abs(path) + 0.5 * beta * (variance + 1)) * stretch));
      }
    }
  }
}
