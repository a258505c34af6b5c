// Dense layers on CPUs. One product serves all three passes, since every matrix has one layout (panel.cl):
//
//   forward          Y[batch][out]   = f(X · W + b)        reads X,  W
//   input gradient   dXT[in][batch]  = (W · dYT) ∘ f′      reads W,  dYT
//   weight gradient  dW[in][out]     = XT · dY             reads X,  dY
//
// W is kept as [in][out]. One work-item computes one tile of R rows by P columns in registers: it
// broadcasts R values of the left matrix against one row of the right matrix's panel, k times. No barriers,
// no local memory; each work-group is one work-item.
//
// Drawn digits are mostly zeros, and so is about half of what comes out of a relu. Where lists say which columns
// of a row tile of X or XT are not all zero (batch_cpu.cl, zeros_cpu.cl), the rest is left out; it would change no
// sum.
//
// Tunables: R, P and V (tile_cpu.cl).

// t += X · B for row tile `tile` of X, without its zeros where there is a list.
INLINE void multiply_input(vec t[R][NV], const global float *x, const global int *xList,
                           const global float *xPacked, int tile, const global float *b, int batch, int in) {
  if (xList)
    multiply_packed(t, xPacked + tile * PACKED(in), xList + tile * LIST(in), b);
  else
    multiply(t, x + tile * R * P, PAD(batch), b, in);
}

// Y = f(X · W + b). yT may be null. Where xList is not null, X is taken from xPacked. Where live is not null, it
// flags for each panel of Y the samples in which it is not all zero: live[panel·FLAGS(batch) + sample].
SINGLE KERNEL dense_forward(ITEM global float *y, global float *yT, global uchar *live, const global float *x,
                                 const global int *xList, const global float *xPacked, const global float *w, const global float *bias,
                                 int batch, int in, int out, int activation) {
  const int row = item0 * R, panel = item1;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  multiply_input(t, x, xList, xPacked, item0, w + panel * PAD(in) * P, batch, in);
  activate(t, activation);
  store(y + (panel * PAD(batch) + row) * P, t);
  if (yT) store_transposed(yT, PAD(out), row, panel * P, t);
  if (live) EACH_ROW {
    JOIN(int, V) some = 0;
    EACH_VEC some |= t[r][v] != 0.0f;
    live[panel * FLAGS(batch) + row + r] = any(some);
  }
}

// The decoder's last layer with the loss: recon = sigmoid(X · W + b), this tile's part of
// error = Σ (recon − target)², and dL = 2·(recon − target)·recon·(1 − recon).
SINGLE KERNEL dense_reconstruct(ITEM global float *dL, global float *dLT, global float *error,
                                     const global float *target, const global float *x, const global int *xList,
                                     const global float *xPacked, const global float *w,
                                     const global float *bias, const global int *run, int nth, int batch,
                                     int in, int out) {
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
  if (dLT) store_transposed(dLT, PAD(out), row, panel * P, t);
  float total = 0.0f;
  for (int j = 0; j < min(P, out - panel * P); j++) total += ((const float *)sum)[j];
  const int parts = items0 * items1;
  error[RUN_SLOT(run, nth) * parts + item0 * items1 + panel] = total;
}

// dXT = (W · dYT) ∘ f′(XT). dxT or dx may be null, where nobody reads it; xT too: no activation.
// Panels run faster than rows: W is the larger operand here, and is to be read once.
SINGLE KERNEL dense_backward(ITEM global float *dxT, global float *dx, const global float *dyT,
                                  const global float *xT, const global float *w, int batch, int in, int out) {
  const int row = item1 * R, panel = item0, at = (panel * PAD(in) + row) * P;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  multiply(t, w + row * P, PAD(in), dyT + panel * PAD(out) * P, out);
  if (xT) gate(t, xT + at);
  if (dxT) store(dxT + at, t);
  if (dx) store_transposed(dx, PAD(batch), row, panel * P, t);
}

// The same where X is a relu's output whose zeros are known: one work-item does R features of those samples in
// which they are not all zero, SAMPLES at a time; in all others dX is zero. Sums run along the lanes of a
// vector and then over them, so that R rows of W stay in the cache and any samples can come together. R·SAMPLES
// accumulators, SAMPLES vectors and a product must fit the registers: 16 of them, or 32 where V is 16.
#define SAMPLES (V == 16 ? 3 : 2)
#define EACH_SAMPLE _Pragma("unroll") for (int s = 0; s < SAMPLES; s++)
SINGLE KERNEL dense_backward_listed(ITEM global float *dxT, global float *dx, const global float *dy,
                                    const global float *xT, const global ulong *xTSet, const global float *w,
                                    int batch, int in, int out) {
  const int row = item0 * R, panels = out / P, left = out % P;
  walk samples = {xTSet + item0 * WORDS(batch), 0, -1, WORDS(batch)};
  for (int first = next_sample(&samples, -1); first >= 0; first = next_sample(&samples, -1)) {
    int sample[SAMPLES] = {first};
    _Pragma("unroll") for (int s = 1; s < SAMPLES; s++) sample[s] = next_sample(&samples, first);
    const global float *g[SAMPLES], *rows = w + row * P;
    EACH_SAMPLE g[s] = dy + sample[s] * P;
    vec t[R][SAMPLES];
    EACH_ROW EACH_SAMPLE t[r][s] = 0.0f;
    for (int k = 0; k < panels; k++) {
      _Pragma("unroll") for (int c = 0; c < P; c += V) EACH_ROW EACH_SAMPLE
        t[r][s] = fma(CONST_VEC(rows + r * P + c), CONST_VEC(g[s] + c), t[r][s]);
      rows += PAD(in) * P;
      EACH_SAMPLE g[s] += PAD(batch) * P;
    }
    float sums[R][SAMPLES];
    EACH_ROW EACH_SAMPLE sums[r][s] = LANES(t[r][s]);
    for (int k = 0; k < left; k++) EACH_ROW EACH_SAMPLE sums[r][s] += rows[r * P + k] * g[s][k];
    EACH_SAMPLE {
      global float *to = dxT + AT(PAD(in), row, sample[s]);
      EACH_ROW to[r * P] = sums[r][s];
    }
  }
  for (int panel = 0; panel * P < batch; panel++) {
    const int at = (panel * PAD(in) + row) * P;
    vec t[R][NV];
    EACH_ROW EACH_VEC t[r][v] = CONST_VEC(dxT + at + r * P + v * V);
    gate(t, xT + at);
    store(dxT + at, t);
    if (dx) store_transposed(dx, PAD(batch), row, panel * P, t);
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
