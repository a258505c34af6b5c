// One sample's way through a latent space of many dimensions on CPUs, and back: those of lib/sampling.cl and
// lib/latent.cl side by side in the lanes of vectors, with the same noise.

#pragma once
#include "cpu/tile.cl"
#include "lib/sampling.cl"

#define WIDE (V / 2) // dimensions from which that is faster
#define TO_FLOATS JOIN(convert_float, V)
typedef JOIN(uint, V) uvec;

// V columns of row r of a matrix, from any column on; the last one again behind the end.
INLINE vec columns_from(const global float *m, int rows, int r, int col, int cols) {
  if (col % V == 0) return CONST_VEC(m + AT(rows, r, col));
  float lanes[V];
  for (int j = 0; j < V; j++) lanes[j] = m[AT(rows, r, min(col + j, cols - 1))];
  return JOIN(vload, V)(0, lanes);
}

// eps of V blocks from `first` on, of 4 dimensions each: eps[4·lane + i].
INLINE void noise_of_blocks(float *eps, uint2 seed, uint3 row, uint first) {
  uvec x = row.x, y = row.y, z = row.z, w = first + JOIN(convert_uint, V)(LANE);
  PHILOX_ROUNDS(uvec, seed, x, y, z, w)
  vec normal[4];
  NORMAL_PAIR(vec, UNIFORM_OF(TO_FLOATS, x), UNIFORM_OF(TO_FLOATS, y), normal[0], normal[1]);
  NORMAL_PAIR(vec, UNIFORM_OF(TO_FLOATS, z), UNIFORM_OF(TO_FLOATS, w), normal[2], normal[3]);
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < V; j++) eps[4 * j + i] = ((const float *)normal)[i * V + j];
}

// As sample() in lib/sampling.cl, where mu is not kept.
INLINE float sample_wide(global float *z, global float *eps, const global float *heads, const global int *order,
                         const global int *run, int nth, int s, int batch, int samples, int latent, int sampled,
                         uint stream, int stepwise, uint2 seed) {
  const int images = batch / samples, of = s / samples;
  const uint first = s % samples * ((latent + 3) / 4);
  const uint3 row = (uint3)(stream, stepwise ? RUN_STEP(run, nth) : 0, order[RUN_START(run, nth, images) + of]);
  vec sum = 0.0f;
  for (int d0 = 0; d0 < latent; d0 += 4 * V) {
    float noise[4 * V] = {0};
    if (sampled) noise_of_blocks(noise, seed, row, first + d0 / 4);
    for (int d = d0; d < min(latent, d0 + 4 * V); d += V) {
      const vec e = JOIN(vload, V)(0, noise + d - d0);
      const vec mu = columns_from(heads, PAD(images), of, d, latent);
      const vec logvar = columns_from(heads, PAD(images), of, latent + d, 2 * latent);
      VEC(eps + AT(PAD(batch), s, d)) = e;
      VEC(z + AT(PAD(batch), s, d)) = Z_OF(mu, logvar, e);
      sum += d + LANE < latent ? KL_OF(mu, logvar) : (vec)0.0f;
    }
  }
  float total = 0.0f;
  for (int j = 0; j < V; j++) total += ((const float *)&sum)[j];
  return first == 0 ? total : 0.0f;
}

// V columns of row r of a matrix, from any column on, as far as there are as many.
INLINE void columns_to(global float *m, int rows, int r, int col, int cols, vec values) {
  if (col % V == 0 && col + V <= cols)
    VEC(m + AT(rows, r, col)) = values;
  else
    for (int j = 0; j < min(V, cols - col); j++) m[AT(rows, r, col + j)] = ((const float *)&values)[j];
}

// dHeads of sample s from its dz, as latent_backward does it.
INLINE void back_wide(global float *dHeads, const global float *dz, const global float *heads, const global float *eps,
                      int s, int batch, int latent, float beta, float freeBits) {
  const int rows = PAD(batch);
  for (int d = 0; d < latent; d += V) {
    const vec mu = columns_from(heads, rows, s, d, latent);
    const vec logvar = columns_from(heads, rows, s, latent + d, 2 * latent);
    const vec g = CONST_VEC(dz + AT(rows, s, d)), e = CONST_VEC(eps + AT(rows, s, d));
    vec weight = beta;
    if (freeBits > 0.0f) weight = KL_OF(mu, logvar) < freeBits ? (vec)0.0f : weight;
    columns_to(dHeads, rows, s, d, latent, MU_BACK(mu, g, weight));
    columns_to(dHeads, rows, s, latent + d, 2 * latent, LOGVAR_BACK(logvar, e, g, weight));
  }
}
