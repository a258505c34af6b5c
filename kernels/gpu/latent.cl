// The latent space on GPUs. lib/latent.cl has the formulas.

#include "lib/latent.cl"
#include "lib/panel.cl"

// z and eps [batch][latent] of sample s, and mu at its place in the order; returns its part of the divergence.
// sampled = 0 takes the mean: eps = 0. zT may be null.
static inline float sample(global float *z, global float *zT, global float *eps, global float *places,
                           const global float *heads, const global int *order, const global int *run, int nth, int s,
                           int batch, int latent, int sampled, uint stream, int stepwise, uint2 seed) {
  const int place = RUN_START(run, nth, batch) + s;
  const uint3 row = (uint3)(stream, stepwise ? RUN_STEP(run, nth) : 0, order[place]);
  float sum = 0.0f;
  uint4 words = 0;
  float2 pair = 0.0f;
  for (int d = 0; d < latent; d++) {
    const float e = sampled ? next_eps(&words, &pair, seed, row, d) : 0.0f;
    const float mu = heads[AT(PAD(batch), s, d)], logvar = heads[AT(PAD(batch), s, latent + d)];
    const float value = Z_OF(mu, logvar, e);
    places[place * latent + d] = mu;
    eps[AT(PAD(batch), s, d)] = e;
    z[AT(PAD(batch), s, d)] = value;
    if (zT) zT[AT(PAD(latent), d, s)] = value;
    sum += KL_OF(mu, logvar);
  }
  return sum;
}

// Each sample's part of this step's divergence too. One work-item a sample.
kernel void latent_forward(global float *z, global float *zT, global float *eps, global float *kl, global float *mu,
                           const global float *heads, const global int *order, const global int *run, int nth,
                           int batch, int latent, int sampled, uint stream, int stepwise, uint seedLow,
                           uint seedHigh) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  kl[RUN_SLOT(run, nth) * batch + s] = sample(z, zT, eps, mu, heads, order, run, nth, s, batch, latent, sampled,
                                              stream, stepwise, (uint2)(seedLow, seedHigh));
}

// dHeads [batch][2·latent] from dz [batch][latent]. dHeadsT may be null. One work-item for each (sample, dimension).
kernel void latent_backward(global float *dHeads, global float *dHeadsT, const global float *dz,
                            const global float *heads, const global float *eps, int batch, int latent, float beta) {
  const int s = get_global_id(0), d = get_global_id(1);
  if (s >= batch || d >= latent) return;
  const uint left = AT(PAD(batch), s, d), right = AT(PAD(batch), s, latent + d);
  const float dmu = MU_BACK(heads[left], dz[left], beta);
  const float dlogvar = LOGVAR_BACK(heads[right], eps[left], dz[left], beta);
  dHeads[left] = dmu;
  dHeads[right] = dlogvar;
  if (dHeadsT) {
    dHeadsT[AT(PAD(2 * latent), d, s)] = dmu;
    dHeadsT[AT(PAD(2 * latent), latent + d, s)] = dlogvar;
  }
}
