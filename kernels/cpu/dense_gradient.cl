// Dense layers on CPUs, the weights' gradient:
//
//   dW[in][out] = Xᵀ · dY        db[out] = Σ dY over the batch
//
// A work-item computes one tile of R rows by P columns in registers, R values of a row of X against one row of dY's
// panel, for each sample. Where it is known in which samples R features of X are not all zero, the others are left out.

#include "cpu/nonzero.cl"
#include "cpu/adam.cl"

// g = Σ dY over the batch, one panel of db.
INLINE void bias_gradient(vec g[NV], const global float *dy, int panel, int batch) {
  EACH_VEC g[v] = 0.0f;
  const global float *b = dy + panel * PAD(batch) * P;
  for (int s = 0; s < batch; s++) EACH_VEC g[v] += CONST_VEC(b + s * P + v * V);
}

// dW = XT · dY, and db = Σ dY by the first row of tiles.
SINGLE KERNEL dense_gradient(WORK_ITEM global float *dw, global float *db, const global float *x,
                             const global ulong *xSamples, const global float *dy, int batch, int in) {
  const int row = item0 * R, panel = item1;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  multiply_transposed(t, x + AT(PAD(batch), 0, row), xSamples ? xSamples + item0 * WORDS(batch) : 0, 0,
                      dy + panel * PAD(batch) * P, batch);
  store(dw + (panel * PAD(in) + row) * P, t);
  if (row > 0) return;
  vec g[NV];
  bias_gradient(g, dy, panel, batch);
  EACH_VEC VEC(db + panel * P + v * V) = g[v];
}

// The same, spent at once: Adam's step on W, b and their moments; the gradient never reaches memory. Where dY went
// through a relu, it is zero wherever that one's output is, and alike are the samples of that; else it is null. rested
// (cpu/adam.cl) is null where nothing is known of the samples.
SINGLE KERNEL dense_gradient_adam(WORK_ITEM global float *w, global float *wM, global float *wV, global int *rested,
                                  global float *b, global float *bM, global float *bV, const global float *x,
                                  const global ulong *xSamples, const global float *dy, const global ulong *alike,
                                  const global int *run, const global float2 *rates, int nth, float keep1, float keep2,
                                  float eps, int batch, int in) {
  const int row = item0 * R, panel = item1, at = (panel * PAD(in) + row) * P;
  const float2 rate = rates[nth];
  if (rested) rested += panel * items0 + item0;
  prefetch_tiles(w + at, wM + at, wV + at, rested, items0 - item0);
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  const bool some = multiply_transposed(t, x + AT(PAD(batch), 0, row), xSamples ? xSamples + item0 * WORDS(batch) : 0,
                                        alike ? alike + panel * (P / R) * WORDS(batch) : 0,
                                        dy + panel * PAD(batch) * P, batch);
  adam_tile(w + at, wM + at, wV + at, t, !some, rested, RUN_ENDS(run, nth), rate, keep1, keep2, eps);
  if (row > 0) return;
  vec g[NV];
  bias_gradient(g, dy, panel, batch);
  ADAM_VECTORS(b + panel * P, bM + panel * P, bV + panel * P, NV, g[i])
}
