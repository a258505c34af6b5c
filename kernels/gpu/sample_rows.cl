// The sampling for a tile's rows, from the parts of heads that the encoder's last layer left (gpu/parts.cl).
// lib/latent.cl has the formulas.

#pragma once
#include "gpu/product.cl"
#include "lib/latent.cl"

#ifndef LATENT
#define LATENT 2 // dimensions of the latent space
#endif
#define HEADS (2 * LATENT)
#define BLOCKS ((LATENT + 3) / 4) // of noise, four numbers each

typedef struct {
  float heads[ROWS * HEADS], eps[ROWS * BLOCKS * 4], z[ROWS * LATENT];
} Sampled;

// One row's eps of dimensions 4·block … 4·block + 3.
INLINE void noise(local float *eps, uint2 seed, uint3 row, int block) {
  uint4 words = 0;
  float2 pair = 0.0f;
  EACH(d, 4) eps[d] = next_eps(&words, &pair, seed, row, 0, 4 * block + d);
}

INLINE void sample_rows(local Sampled *l, const global float *parts, int panels, const global float *headsB,
                               const global int *order, const global int *run, int nth, int batch, int sampled,
                               uint stream, int stepwise, uint2 seed) {
  for (int i = ID; i < ROWS * HEADS; i += GROUP) {
    float sum = headsB[i % HEADS];
    for (int p = 0; p < panels; p++)
      sum += parts[(p * ROUND_UP(batch, WHOLE) + ROW_TILE * ROWS + i / HEADS) * HEADS + i % HEADS];
    l->heads[i] = sum;
  }
  // The other end of the group meanwhile.
  for (int i = GROUP - 1 - ID; i < ROWS * BLOCKS; i += GROUP) {
    const int row = ROW_TILE * ROWS + i / BLOCKS;
    const uint image = order[RUN_START(run, nth, batch) + (row < batch ? row : 0)];
    noise(l->eps + 4 * i, seed, (uint3)(stream, stepwise ? RUN_STEP(run, nth) : 0, image), i % BLOCKS);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int i = ID; i < ROWS * LATENT; i += GROUP) {
    const int row = i / LATENT, d = i % LATENT;
    if (!sampled) l->eps[row * BLOCKS * 4 + d] = 0.0f;
    l->z[i] = Z_OF(l->heads[row * HEADS + d], l->heads[row * HEADS + LATENT + d], l->eps[row * BLOCKS * 4 + d]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
}

// What the way back and the host read: heads, eps and z [batch][…], each sample's part of the step's divergence.
INLINE void keep_sampled(const local Sampled *l, global float *heads, global float *eps, global float *z,
                                global float *kl, const global int *run, int nth, int batch) {
  for (int row = ID; row < ROWS; row += GROUP) {
    const int s = ROW_TILE * ROWS + row;
    if (s >= batch) continue;
    float sum = 0.0f;
    for (int d = 0; d < LATENT; d++) {
      const float mu = l->heads[row * HEADS + d], logvar = l->heads[row * HEADS + LATENT + d];
      heads[AT(PAD(batch), s, d)] = mu;
      heads[AT(PAD(batch), s, LATENT + d)] = logvar;
      eps[AT(PAD(batch), s, d)] = l->eps[row * BLOCKS * 4 + d];
      z[AT(PAD(batch), s, d)] = l->z[row * LATENT + d];
      sum += KL_OF(mu, logvar);
    }
    kl[RUN_SLOT(run, nth) * batch + s] = sum;
  }
}
