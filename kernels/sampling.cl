// One sample's way through the latent space, for the kernels that do it by itself (latent.cl) and within a group of
// layers (latent_cpu.cl), and back (latent.cl).
// heads [batch][2·latent] holds mu in its left half and logvar in its right.

#pragma once
#include "panel.cl"
#include "philox.cl"

// z = mu + exp(logvar/2)·eps, eps ~ N(0, 1), for sample s, and mu at its place in the order; returns
// ½ Σ (mu² + exp(logvar) − logvar − 1).
// The noise of dimension d is element d mod 4 of block d/4 in row (stream, step, image); evaluation uses step
// 0 always. sampled = 0 takes the mean: eps = 0. zT may be null.
static inline float sample(global float *z, global float *zT, global float *eps, global float *places,
                           const global float *heads, const global int *order, const global int *run, int nth, int s,
                           int batch, int latent, int sampled, uint stream, int stepwise, uint2 seed) {
  const int place = RUN_START(run, nth, batch) + s;
  const uint image = order[place];
  const uint step = stepwise ? RUN_STEP(run, nth) : 0;
  float sum = 0.0f;
  uint4 words = 0;
  float2 noise = 0.0f;
  for (int d = 0; d < latent; d++) {
    if (sampled && d % 4 == 0) words = philox(seed, (uint4)(stream, step, image, d / 4));
    if (sampled && d % 2 == 0) noise = normal_pair(d % 4 == 0 ? words.lo : words.hi);
    const float e = d % 2 == 0 ? noise.x : noise.y;
    const float mu = heads[AT(PAD(batch), s, d)], logvar = heads[AT(PAD(batch), s, latent + d)];
    const float sigma = exp(0.5f * logvar), value = mu + sigma * e;
    places[place * latent + d] = mu;
    eps[AT(PAD(batch), s, d)] = e;
    z[AT(PAD(batch), s, d)] = value;
    if (zT) zT[AT(PAD(latent), d, s)] = value;
    sum += 0.5f * (mu * mu + exp(logvar) - logvar - 1.0f);
  }
  return sum;
}

// dmu = dz + β·mu; dlogvar = ½·dz·exp(logvar/2)·eps + ½·β·(exp(logvar) − 1), for dimension d of sample s,
// where g is dz. dHeadsT may be null.
static inline void differentiate(global float *dHeads, global float *dHeadsT, float g,
                                 const global float *heads, const global float *eps, int s, int d, int batch,
                                 int latent, float beta) {
  const float mu = heads[AT(PAD(batch), s, d)], logvar = heads[AT(PAD(batch), s, latent + d)];
  const float dmu = g + beta * mu;
  const float dlogvar =
      0.5f * g * exp(0.5f * logvar) * eps[AT(PAD(batch), s, d)] + 0.5f * beta * (exp(logvar) - 1.0f);
  dHeads[AT(PAD(batch), s, d)] = dmu;
  dHeads[AT(PAD(batch), s, latent + d)] = dlogvar;
  if (dHeadsT) {
    dHeadsT[AT(PAD(2 * latent), d, s)] = dmu;
    dHeadsT[AT(PAD(2 * latent), latent + d, s)] = dlogvar;
  }
}
