// Dense layers on CPUs, forward:
//
//   Y[batch][out] = f(X · W + b)
//
// W is kept as [in][out], so that all matrices are read as they are: a work-item computes one tile of R rows by P
// columns in registers, broadcasting R values of X against one row of W's panel, `in` times. No barriers, no local
// memory; each work-group is one work-item.
//
// Drawn digits are mostly zeros, and so is about half of what comes out of a relu: where it is known which columns of a
// row tile of X are not all zero, the rest is left out.

#include "cpu/nonzero.cl"
#include "lib/likelihood.cl"

// t = X · W + b for a tile, without X's zeros where they are known.
INLINE void linear(vec t[R][NV], const global float *x, const global int *xColumns, int tile, int tiles,
                   const global float *w, const global float *bias, int panel, int batch, int in) {
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  w += panel * PAD(in) * P;
  if (xColumns)
    multiply_marked(t, x + tile * R * P, PAD(batch), xColumns + tile * PANELS(in), tile, tiles, w, in);
  else
    multiply(t, x + tile * R * P, PAD(batch), w, in);
}

// Y = f(X · W + b). y or yT may be null; so may yColumns and ySamples, which say where Y is not zero.
SINGLE KERNEL dense_forward(WORK_ITEM global float *y, global float *yT, global int *yColumns, global ulong *ySamples,
                            const global float *x, const global int *xColumns, const global float *w,
                            const global float *bias, int batch, int in, int out, int activation) {
  const int row = item0 * R, panel = item1;
  vec t[R][NV];
  linear(t, x, xColumns, item0, items0, w, bias, panel, batch, in);
  activate(t, activation);
  if (y) store(y + (panel * PAD(batch) + row) * P, t);
  if (yT) store_transposed(yT, PAD(out), row, panel * P, t);
  mark_tile(yColumns, ySamples, t, row, panel, batch, out);
}

// The decoder's last layer with the loss: logit = X · W + b, recon = sigmoid(logit), this tile's part of the error
// and dL, its derivative by logit (lib/likelihood.cl) times the loss's weight.
#define TILE_LOSS(NAME)                                                                                                \
  if (likelihood == NAME) EACH_ROW EACH_VEC {                                                                          \
      const vec logit = t[r][v], recon = SIGMOID_OF(vec, logit), pixel = CONST_VEC(target + at + r * P + v * V);       \
      if (row + r < batch) sum[v] += NAME##_VALUE(vec, logit, recon, pixel);                                           \
      t[r][v] = RUN_SCALE(run) * NAME##_GRADIENT(vec, logit, recon, pixel);                                            \
    }
SINGLE KERNEL dense_reconstruct(WORK_ITEM global float *dL, global float *error, const global float *target,
                                const global float *x, const global int *xColumns, const global float *w,
                                const global float *bias, const global int *run, int nth, int batch, int in, int out,
                                int likelihood) {
  const int row = item0 * R, panel = item1, at = (panel * PAD(batch) + row) * P;
  vec t[R][NV], sum[NV];
  linear(t, x, xColumns, item0, items0, w, bias, panel, batch, in);
  EACH_VEC sum[v] = 0.0f;
  EACH_LIKELIHOOD(TILE_LOSS)
  store(dL + at, t);
  float total = 0.0f;
  for (int j = 0; j < min(P, out - panel * P); j++) total += ((const float *)sum)[j];
  const int parts = items0 * items1;
  error[RUN_SLOT(run, nth) * parts + item0 * items1 + panel] = total;
}
