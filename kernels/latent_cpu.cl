// The way through the latent space on CPUs, three layers in one launch: the work is small, so that launches would
// cost more than what they start. Same formulas, same order of sums as the kernels one by one (dense_cpu.cl,
// latent.cl).

#include "sampling.cl"
#include "tile_cpu.cl"

// A row tile of samples each:
//   (mu, logvar) = H1 · W2 + b2      z, eps, kl (latent_forward)      H3 = f(z · W3 + b3)
// yT may be null.
SINGLE KERNEL latent_forward_group(ITEM global float *heads, global float *z, global float *eps, global float *kl,
                                   global float *mu, global float *y, global float *yT, const global float *x,
                                   const global float *w, const global float *bias,
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
        sample(z, 0, eps, mu, heads, order, run, nth, s, batch, latent, sampled, stream, stepwise,
               (uint2)(seedLow, seedHigh));
  for (int panel = 0; panel * P < out; panel++) {
    EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias2 + panel * P + v * V);
    multiply(t, z + row * P, PAD(batch), w2 + panel * PAD(latent) * P, latent);
    activate(t, activation);
    store(y + (panel * PAD(batch) + row) * P, t);
    if (yT) store_transposed(yT, PAD(out), row, panel * P, t);
  }
}
