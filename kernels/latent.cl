// The latent space by itself: reparameterised sampling, the KL divergence, and the way back. sampling.cl has
// the formulas.

#include "items.cl"
#include "sampling.cl"

// z and eps [batch][latent], and each sample's part of this step's divergence. One work-item a sample.
KERNEL latent_forward(ITEM global float *z, global float *zT, global float *eps, global float *kl, global float *mu,
                      const global float *heads, const global int *order, const global int *run, int nth, int batch,
                      int latent, int sampled, uint stream, int stepwise, uint seedLow, uint seedHigh) {
  const int s = item0;
  if (s >= batch) return;
  kl[RUN_SLOT(run, nth) * batch + s] = sample(z, zT, eps, mu, heads, order, run, nth, s, batch, latent, sampled,
                                              stream, stepwise, (uint2)(seedLow, seedHigh));
}

// dHeads [batch][2·latent] from dz [batch][latent]. One work-item for each (sample, dimension).
KERNEL latent_backward(ITEM global float *dHeads, global float *dHeadsT, const global float *dz,
                       const global float *heads, const global float *eps, int batch, int latent, float beta) {
  const int s = item0, d = item1;
  if (s >= batch || d >= latent) return;
  differentiate(dHeads, dHeadsT, dz[AT(PAD(batch), s, d)], heads, eps, s, d, batch, latent, beta);
}
