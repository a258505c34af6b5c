// The latent space: reparameterised sampling, the KL divergence, and the way back, for one dimension of one sample.
//
//   z = mu + exp(logvar/2)·eps, eps ~ N(0, 1)        kl = ½·(mu² + exp(logvar) − logvar − 1)
//   dmu = dz + β·mu        dlogvar = ½·dz·exp(logvar/2)·eps + ½·β·(exp(logvar) − 1)
//
// With free bits (Kingma et al., 2016) a dimension's divergence counts as no less than those: below, β is 0.
//
// heads [batch][2·latent] holds mu in its left half and logvar in its right.

#pragma once
#include "lib/philox.cl"

#define Z_OF(mu, logvar, eps) ((mu) + exp(0.5f * (logvar)) * (eps))
#define KL_OF(mu, logvar) (0.5f * ((mu) * (mu) + exp(logvar) - (logvar)-1.0f))
#define BETA_OF(mu, logvar, beta, freeBits) ((freeBits) > 0.0f && KL_OF(mu, logvar) < (freeBits) ? 0.0f : (beta))
#define MU_BACK(mu, dz, beta) ((dz) + (beta) * (mu))
#define LOGVAR_BACK(logvar, eps, dz, beta)                                                                             \
  (0.5f * (dz) * exp(0.5f * (logvar)) * (eps) + 0.5f * (beta) * (exp(logvar) - 1.0f))

// eps of dimension d, of d = 0, 1, 2, … in turn: element d mod 4 of block first + d/4 in row = (stream, step, image),
// where first is ⌈latent/4⌉ times the sample's number. Evaluation uses step 0 always. words and pair hold what later
// dimensions need.
static inline float next_eps(uint4 *words, float2 *pair, uint2 seed, uint3 row, uint first, int d) {
  if (d % 4 == 0) *words = philox(seed, (uint4)(row, first + (uint)d / 4));
  if (d % 2 == 0) *pair = normal_pair(d % 4 == 0 ? (*words).lo : (*words).hi);
  return d % 2 == 0 ? (*pair).x : (*pair).y;
}
