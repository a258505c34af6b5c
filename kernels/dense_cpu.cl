// Dense layers on CPUs:
//
//   forward          Y[batch][out]   = f(X · W + b)
//   input gradient   dX[batch][in]   = (dY · Wᵀ) ∘ f′(X)
//   weight gradient  dW[in][out]     = Xᵀ · dY
//
// W is kept as [in][out], so that all matrices are read as they are: forward and weight gradient compute one tile of R
// rows by P columns in registers, broadcasting R values of the left matrix against one row of the right matrix's panel,
// k times; the input gradient takes dot products of rows. No barriers, no local memory; each work-group is one
// work-item.
//
// Drawn digits are mostly zeros, and so is about half of what comes out of a relu. Where lists say which columns
// of a row tile of X or XT are not all zero (batch_cpu.cl, zeros_cpu.cl), the rest is left out; it would change no
// sum.
//
// Tunables: R, P and V (tile_cpu.cl).

#include "adam_update.cl"
#include "tile_cpu.cl"

// t += X · B for row tile `tile` of X, without its zeros where there is a list.
INLINE void multiply_input(vec t[R][NV], const global float *x, const global int *xList,
                           const global float *xPacked, int tile, const global float *b, int batch, int in) {
  if (xList)
    multiply_packed(t, xPacked + tile * PACKED(in), xList + tile * LIST(in), b);
  else
    multiply(t, x + tile * R * P, PAD(batch), b, in);
}

// Y = f(X · W + b). y or yT may be null. Where xList is not null, X is taken from xPacked. Where live is not null, it
// flags for each panel of Y the samples in which it is not all zero: live[panel·FLAGS(batch) + sample].
SINGLE KERNEL dense_forward(ITEM global float *y, global float *yT, global uchar *live, const global float *x,
                            const global int *xList, const global float *xPacked, const global float *w,
                            const global float *bias, int batch, int in, int out, int activation) {
  const int row = item0 * R, panel = item1;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  multiply_input(t, x, xList, xPacked, item0, w + panel * PAD(in) * P, batch, in);
  activate(t, activation);
  if (y) store(y + (panel * PAD(batch) + row) * P, t);
  if (yT) store_transposed(yT, PAD(out), row, panel * P, t);
  if (live) EACH_ROW {
    JOIN(int, V) some = 0;
    EACH_VEC some |= t[r][v] != 0.0f;
    live[panel * FLAGS(batch) + row + r] = any(some);
  }
}

// The decoder's last layer with the loss: recon = sigmoid(X · W + b), this tile's part of
// error = Σ (recon − target)², and dL = 2·(recon − target)·recon·(1 − recon).
SINGLE KERNEL dense_reconstruct(ITEM global float *dL, global float *error, const global float *target,
                                const global float *x, const global int *xList, const global float *xPacked,
                                const global float *w, const global float *bias, const global int *run, int nth,
                                int batch, int in, int out) {
  const int row = item0 * R, panel = item1, at = (panel * PAD(batch) + row) * P;
  vec t[R][NV], sum[NV];
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  multiply_input(t, x, xList, xPacked, item0, w + panel * PAD(in) * P, batch, in);
  EACH_VEC sum[v] = 0.0f;
  EACH_ROW EACH_VEC {
    const vec recon = SIGMOID_OF(t[r][v]);
    const vec d = recon - CONST_VEC(target + at + r * P + v * V);
    if (row + r < batch) sum[v] += d * d;
    t[r][v] = 2.0f * d * recon * (1.0f - recon);
  }
  store(dL + at, t);
  float total = 0.0f;
  for (int j = 0; j < min(P, out - panel * P); j++) total += ((const float *)sum)[j];
  const int parts = items0 * items1;
  error[RUN_SLOT(run, nth) * parts + item0 * items1 + panel] = total;
}

// dX = (dY · Wᵀ) ∘ f′(X). One work-item does R features of up to 64 samples, SAMPLES at a time: each a dot product,
// along the lanes of a vector and then over them, so that R rows of W stay in the cache and any samples can come
// together.
// Where there is a set, X is a relu's output and zero in all samples that are not in it; so is dX then. x may be null:
// no activation. R·SAMPLES accumulators, SAMPLES vectors and a product must fit the registers, 32 of them or 16.
#define SAMPLES (V == 16 ? 2 : 3)
#define EACH_SAMPLE _Pragma("unroll") for (int s = 0; s < SAMPLES; s++)

// t += R rows of W times SAMPLES rows of dY, lane by lane; columns c … c + V − 1, of which `left` are there.
INLINE void multiply_lanes(vec t[R][SAMPLES], const global float *w, const global float *dy[SAMPLES], int c,
                           int left) {
  const JOIN(int, V) there = LANE < left;
  vec g[SAMPLES];
  EACH_SAMPLE g[s] = left < V ? there ? CONST_VEC(dy[s] + c) : (vec)0.0f : CONST_VEC(dy[s] + c);
  EACH_ROW {
    const vec row = CONST_VEC(w + r * P + c);
    EACH_SAMPLE t[r][s] = fma(left < V ? there ? row : (vec)0.0f : row, g[s], t[r][s]);
  }
}

SINGLE KERNEL dense_backward(ITEM global float *dx, const global float *dy, const global float *x,
                             const global ulong *xTSet, const global float *w, int batch, int in, int out) {
  const int row = item0 * R, first = item1 * 64, at = AT(PAD(batch), first, row);
  const ulong all = batch - first < 64 ? (1ul << (batch - first)) - 1 : ~0ul;
  const ulong set = xTSet ? xTSet[item0 * WORDS(batch) + item1] : all;
  for (ulong rest = all & ~set; rest; rest &= rest - 1) VECR(dx + at + lowest(rest) * P) = 0.0f;
  for (ulong left = set; left;) {
    int sample[SAMPLES];
    const global float *g[SAMPLES], *wk = w + row * P;
    EACH_SAMPLE {
      sample[s] = left ? lowest(left) : sample[0];
      g[s] = dy + (first + sample[s]) * P;
      left &= left - 1;
    }
    vec t[R][SAMPLES];
    EACH_ROW EACH_SAMPLE t[r][s] = 0.0f;
    for (int k = 0; k < out / P; k++) {
      _Pragma("unroll") for (int c = 0; c < P; c += V) multiply_lanes(t, wk, g, c, V);
      wk += PAD(in) * P;
      EACH_SAMPLE g[s] += PAD(batch) * P;
    }
    for (int c = 0; c < out % P; c += V) multiply_lanes(t, wk, g, c, out % P - c);
    EACH_SAMPLE {
      vec lanes[R];
      EACH_ROW lanes[r] = t[r][s];
      const vecR sums = lane_sums(lanes);
      const int to = at + sample[s] * P;
      VECR(dx + to) = x ? CONST_VECR(x + to) > 0.0f ? sums : (vecR)0.0f : sums;
    }
  }
}

// The same where Y has few features: Wᵀ is at hand, and what would be a short dot product becomes a sum of long rows.
// One work-item a panel of dX, out ≤ FEW.
#define FEW (P < 16 ? P : 16)
SINGLE KERNEL dense_backward_few(ITEM global float *dx, const global float *dy, const global float *x,
                                 const global float *w, int batch, int in, int out) {
  const int panel = item0;
  vec wT[FEW][NV];
  for (int o = 0; o < out; o++)
    for (int c = 0; c < P; c++) ((float *)wT[o])[c] = w[(panel * P + c) * P + o];
  for (int row = 0; row < batch; row += R) {
    const int at = (panel * PAD(batch) + row) * P;
    vec t[R][NV];
    EACH_ROW EACH_VEC t[r][v] = 0.0f;
    for (int o = 0; o < out; o++) EACH_ROW EACH_VEC t[r][v] = fma((vec)(dy[(row + r) * P + o]), wT[o][v], t[r][v]);
    if (x) EACH_ROW EACH_VEC t[r][v] = CONST_VEC(x + at + r * P + v * V) > 0.0f ? t[r][v] : (vec)0.0f;
    store(dx + at, t);
  }
}

// g = Σ dY over the batch, one panel of db.
INLINE void bias_gradient(vec g[NV], const global float *dy, int panel, int batch) {
  EACH_VEC g[v] = 0.0f;
  const global float *b = dy + panel * PAD(batch) * P;
  for (int s = 0; s < batch; s++) EACH_VEC g[v] += CONST_VEC(b + s * P + v * V);
}

// dW = XT · dY, and db = Σ dY by the first row of tiles.
SINGLE KERNEL dense_gradient(ITEM global float *dw, global float *db, const global float *x,
                             const global ulong *xTSet, const global float *dy, int batch, int in) {
  const int row = item0 * R, panel = item1;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  multiply_transposed(t, x, PAD(batch), row, xTSet ? xTSet + item0 * WORDS(batch) : 0, 0,
                      dy + panel * PAD(batch) * P, batch);
  store(dw + (panel * PAD(in) + row) * P, t);
  if (row > 0) return;
  vec g[NV];
  bias_gradient(g, dy, panel, batch);
  EACH_VEC VEC(db + panel * P + v * V) = g[v];
}

// Adam's step for n vectors that lie one behind the other, in place.
#define ADAM_VECTORS(w, m, v, n, gradient)                                                                   \
  _Pragma("unroll") for (int i = 0; i < (n); i++) {                                                          \
    vec value = VEC((w) + i * V), mean = VEC((m) + i * V), square = VEC((v) + i * V);                        \
    ADAM_UPDATE(value, mean, square, gradient);                                                              \
    VEC((w) + i * V) = value;                                                                                \
    VEC((m) + i * V) = mean;                                                                                 \
    VEC((v) + i * V) = square;                                                                               \
  }

// The same, spent at once: Adam's step on W, b and their moments; the gradient never reaches memory. Where dY went
// through a relu, live flags for each of its panels the samples in which it is not all zero; else it is null.
SINGLE KERNEL dense_gradient_adam(ITEM global float *w, global float *wM, global float *wV, global float *b,
                                  global float *bM, global float *bV, const global float *x,
                                  const global ulong *xTSet, const global float *dy, const global uchar *live,
                                  const global float2 *rates, int nth, float keep1, float keep2, float eps,
                                  int batch, int in) {
  const int row = item0 * R, panel = item1, at = (panel * PAD(in) + row) * P;
  const float2 rate = rates[nth];
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  multiply_transposed(t, x, PAD(batch), row, xTSet ? xTSet + item0 * WORDS(batch) : 0,
                      live ? live + panel * FLAGS(batch) : 0, dy + panel * PAD(batch) * P, batch);
  ADAM_VECTORS(w + at, wM + at, wV + at, R *NV, t[i / NV][i % NV])
  if (row > 0) return;
  vec g[NV];
  bias_gradient(g, dy, panel, batch);
  ADAM_VECTORS(b + panel * P, bM + panel * P, bV + panel * P, NV, g[i])
}
