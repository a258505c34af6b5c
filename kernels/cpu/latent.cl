// The latent space on CPUs, by itself and with the layers on both sides of it. lib/latent.cl has the formulas.

#include "cpu/nonzero.cl"
#include "cpu/sampling.cl"

// z and eps [batch][latent], and each row's part of this step's divergence. One work-item a row.
KERNEL latent_forward(WORK_ITEM global float *z, global float *eps, global float *kl,
                      const global float *heads, const global int *order, const global int *run, int nth, int batch,
                      int samples, int latent, int sampled, uint stream, int stepwise, uint seedLow, uint seedHigh) {
  const int s = item0;
  if (s >= batch) return;
  const uint2 seed = (uint2)(seedLow, seedHigh);
  kl[RUN_SLOT(run, nth) * batch + s] =
      latent < WIDE
          ? sample(z, eps, 0, heads, order, run, nth, s, batch, samples, latent, sampled, stream, stepwise, seed)
          : sample_wide(z, eps, heads, order, run, nth, s, batch, samples, latent, sampled, stream, stepwise, seed);
}

// dHeads [batch][2·latent] from dz [batch][latent]. One work-item a row.
KERNEL latent_backward(WORK_ITEM global float *dHeads, const global float *dz, const global float *heads,
                       const global float *eps, const global int *run, int batch, int latent, float freeBits) {
  const int s = item0;
  if (s < batch && latent >= WIDE) back_wide(dHeads, dz, heads, eps, s, batch, latent, RUN_BETA(run), freeBits);
  if (s >= batch || latent >= WIDE) return;
  for (int d = 0; d < latent; d++) {
    const uint left = AT(PAD(batch), s, d), right = AT(PAD(batch), s, latent + d);
    const float beta = BETA_OF(heads[left], heads[right], RUN_BETA(run), freeBits);
    dHeads[left] = MU_BACK(heads[left], dz[left], beta);
    dHeads[right] = LOGVAR_BACK(heads[right], eps[left], dz[left], beta);
  }
}

// What a batch says of its images, kept: allRows[order[start + s]][c] = part[s][c] for the first `columns` columns of
// part. allRows is [images][columns], row by row. One work-item a sample.
KERNEL scatter(WORK_ITEM global float *allRows, const global float *part, const global int *order,
               const global int *run, int nth, int batch, int columns) {
  const int s = item0;
  global float *row = allRows + (s < batch ? order[RUN_START(run, nth, batch) + s] : 0) * columns;
  for (int c = 0; s < batch && c < columns; c++) row[c] = part[AT(PAD(batch), s, c)];
}

// The way through the latent space, three layers in one launch: the work is small, so that launches would cost more
// than what they start. Same formulas, same order of sums as the kernels one by one. A row tile of samples each:
//
//   (mu, logvar) = H1 · W2 + b2      z, eps, kl (latent_forward)      H3 = f(z · W3 + b3)
//
// yT may be null, and mu, where it is kept for each image, and what says where H3 is not zero.
SINGLE KERNEL latent_forward_group(WORK_ITEM global float *heads, global float *z, global float *eps, global float *kl,
                                   global float *mu, global float *y, global float *yT, global int *yColumns,
                                   global ulong *ySamples, const global float *x, const global float *w,
                                   const global float *bias,
                                   const global float *w2, const global float *bias2, const global int *order,
                                   const global int *run, int nth, int batch, int in, int latent, int out,
                                   int activation, int sampled, uint stream, int stepwise, uint seedLow,
                                   uint seedHigh) {
  const int row = item0 * R, heads2 = 2 * latent;
  vec t[R][NV];
  for (int panel = 0; panel * P < heads2; panel++) {
    EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
    multiply(t, x + row * P, PAD(batch), w + panel * PAD(in) * P, in);
    store(heads + (panel * PAD(batch) + row) * P, t);
  }
  for (int s = row; s < min(row + R, batch); s++)
    kl[RUN_SLOT(run, nth) * batch + s] =
        sample(z, eps, mu, heads, order, run, nth, s, batch, 1, latent, sampled, stream, stepwise,
               (uint2)(seedLow, seedHigh));
  for (int panel = 0; panel * P < out; panel++) {
    EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias2 + panel * P + v * V);
    multiply(t, z + row * P, PAD(batch), w2 + panel * PAD(latent) * P, latent);
    activate(t, activation);
    store(y + (panel * PAD(batch) + row) * P, t);
    if (yT) store_transposed(yT, PAD(out), row, panel * P, t);
    mark_tile(yColumns, ySamples, t, row, panel, batch, out);
  }
}
