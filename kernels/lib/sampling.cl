// One sample's way through the latent space where matrices lie in panels; lib/latent.cl has the formulas.

#pragma once
#include "lib/latent.cl"
#include "lib/panel.cl"

// z and eps [batch][latent] of row s, and mu at its image's row of allMu; returns its part of the divergence, which
// the first of an image's samples has: so many rows follow each other for each row of heads. sampled = 0 takes the
// mean: eps = 0. allMu may be null.
static inline float sample(global float *z, global float *eps, global float *allMu,
                           const global float *heads, const global int *order, const global int *run, int nth, int s,
                           int batch, int samples, int latent, int sampled, uint stream, int stepwise, uint2 seed) {
  const int images = batch / samples, of = s / samples;
  const uint first = s % samples * ((latent + 3) / 4);
  const int image = order[RUN_START(run, nth, images) + of];
  const uint3 row = (uint3)(stream, stepwise ? RUN_STEP(run, nth) : 0, image);
  float sum = 0.0f;
  uint4 words = 0;
  float2 pair = 0.0f;
  for (int d = 0; d < latent; d++) {
    const float e = sampled ? next_eps(&words, &pair, seed, row, first, d) : 0.0f;
    const float mu = heads[AT(PAD(images), of, d)], logvar = heads[AT(PAD(images), of, latent + d)];
    const float value = Z_OF(mu, logvar, e);
    if (allMu) allMu[image * latent + d] = mu;
    eps[AT(PAD(batch), s, d)] = e;
    z[AT(PAD(batch), s, d)] = value;
    if (first == 0) sum += KL_OF(mu, logvar);
  }
  return sum;
}
