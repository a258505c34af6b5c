// The latent space on GPUs. lib/latent.cl has the formulas.

#include "lib/sampling.cl"

// z and eps [batch][latent], and each row's part of this step's divergence. One work-item a row.
kernel void latent_forward(global float *z, global float *eps, global float *kl,
                           const global float *heads, const global int *order, const global int *run, int nth,
                           int batch, int samples, int latent, int sampled, uint stream, int stepwise, uint seedLow,
                           uint seedHigh) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  kl[RUN_SLOT(run, nth) * batch + s] = sample(z, eps, 0, heads, order, run, nth, s, batch, samples, latent, sampled,
                                              stream, stepwise, (uint2)(seedLow, seedHigh));
}

// dHeads [batch][2·latent] from dz [batch][latent]. One work-item for each (sample, dimension).
kernel void latent_backward(global float *dHeads, const global float *dz, const global float *heads,
                            const global float *eps, const global int *run, int batch, int latent, float freeBits) {
  const int s = get_global_id(0), d = get_global_id(1);
  if (s >= batch || d >= latent) return;
  const uint left = AT(PAD(batch), s, d), right = AT(PAD(batch), s, latent + d);
  const float beta = BETA_OF(heads[left], heads[right], RUN_BETA(run), freeBits);
  dHeads[left] = MU_BACK(heads[left], dz[left], beta);
  dHeads[right] = LOGVAR_BACK(heads[right], eps[left], dz[left], beta);
}

// What a batch says of its images, kept: allRows[order[start + s]][c] = part[s][c] for the first `columns` columns of
// part. allRows is [images][columns], row by row. One work-item a sample.
kernel void scatter(global float *allRows, const global float *part, const global int *order, const global int *run,
                    int nth, int batch, int columns) {
  const int s = get_global_id(0);
  global float *row = allRows + (s < batch ? order[RUN_START(run, nth, batch) + s] : 0) * columns;
  for (int c = 0; s < batch && c < columns; c++) row[c] = part[AT(PAD(batch), s, c)];
}
