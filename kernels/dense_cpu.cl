// Dense layers on CPUs. One product serves all three passes, since every matrix has one layout (panel.cl):
//
//   forward          Y[batch][out]   = f(X · W + b)        reads X,  W
//   input gradient   dXT[in][batch]  = (W · dYT) ∘ f′      reads W,  dYT
//   weight gradient  dW[in][out]     = XT · dY             reads XT, dY
//
// W is kept as [in][out]. One work-item computes one tile of R rows by P columns in registers: it
// broadcasts R values of the left matrix against one row of the right matrix's panel, k times. No barriers,
// no local memory; each work-group is one work-item.
//
// Tunables: R, P and V (tile_cpu.cl).

// Y = f(X · W + b). yT may be null. xList, where not null, lists for each row tile of X the columns that are
// not all zero (batch_cpu.cl).
SINGLE kernel void dense_forward(global float *y, global float *yT, const global float *x,
                                 const global int *xList, const global float *w, const global float *bias,
                                 int batch, int in, int out, int activation) {
  const int row = get_global_id(0) * R, panel = get_global_id(1);
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  const global float *b = w + panel * PAD(in) * P;
  if (xList)
    multiply_listed(t, x + row * P, PAD(batch), b, xList + get_global_id(0) * LIST(in));
  else
    multiply(t, x + row * P, PAD(batch), b, in);
  activate(t, activation);
  store(y + (panel * PAD(batch) + row) * P, t);
  if (yT) store_transposed(yT, PAD(out), row, panel * P, t);
}

// The decoder's last layer with the loss: recon = sigmoid(H · W + b), this tile's part of
// error = Σ (recon − x)², and dL = 2·(recon − x)·recon·(1 − recon).
SINGLE kernel void dense_reconstruct(global float *dL, global float *dLT, global float *error,
                                     const global float *x, const global float *h, const global float *w,
                                     const global float *bias, const global int *run, int nth, int batch,
                                     int in, int out) {
  const int row = get_global_id(0) * R, panel = get_global_id(1), at = (panel * PAD(batch) + row) * P;
  vec t[R][NV], sum[NV];
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  multiply(t, h + row * P, PAD(batch), w + panel * PAD(in) * P, in);
  EACH_VEC sum[v] = 0.0f;
  EACH_ROW EACH_VEC {
    const vec recon = SIGMOID_OF(t[r][v]);
    const vec d = recon - CONST_VEC(x + at + r * P + v * V);
    if (row + r < batch) sum[v] += d * d;
    t[r][v] = 2.0f * d * recon * (1.0f - recon);
  }
  store(dL + at, t);
  if (dLT) store_transposed(dLT, PAD(out), row, panel * P, t);
  float total = 0.0f;
  for (int j = 0; j < min(P, out - panel * P); j++) total += ((const float *)sum)[j];
  const int parts = get_global_size(0) * get_global_size(1);
  error[RUN_SLOT(run, nth) * parts + get_global_id(0) * get_global_size(1) + panel] = total;
}

// dXT = (W · dYT) ∘ f′(XT). dxT or dx may be null, where nobody reads it; xT too: no activation.
SINGLE kernel void dense_backward(global float *dxT, global float *dx, const global float *dyT,
                                  const global float *xT, const global float *w, int batch, int in, int out) {
  const int row = get_global_id(0) * R, panel = get_global_id(1), at = (panel * PAD(in) + row) * P;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  multiply(t, w + row * P, PAD(in), dyT + panel * PAD(out) * P, out);
  if (xT) gate(t, xT + at);
  if (dxT) store(dxT + at, t);
  if (dx) store_transposed(dx, PAD(batch), row, panel * P, t);
}

// t = XT · dY, one tile of dW.
static inline void weight_gradient(vec t[R][NV], const global float *xT, const global int *xTList,
                            const global float *dy, int batch, int in) {
  const int row = get_global_id(0) * R, panel = get_global_id(1);
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  const global float *b = dy + panel * PAD(batch) * P;
  if (xTList)
    multiply_listed(t, xT + row * P, PAD(in), b, xTList + get_global_id(0) * LIST(batch));
  else
    multiply(t, xT + row * P, PAD(in), b, batch);
}

// g = Σ dY over the batch, one panel of db.
static inline void bias_gradient(vec g[NV], const global float *dy, int batch) {
  EACH_VEC g[v] = 0.0f;
  const global float *b = dy + get_global_id(1) * PAD(batch) * P;
  for (int s = 0; s < batch; s++) EACH_VEC g[v] += CONST_VEC(b + s * P + v * V);
}

// dW = XT · dY, and db = Σ dY by the first row of tiles.
SINGLE kernel void dense_gradient(global float *dw, global float *db, const global float *xT,
                                  const global int *xTList, const global float *dy, int batch, int in) {
  const int row = get_global_id(0) * R, panel = get_global_id(1);
  vec t[R][NV];
  weight_gradient(t, xT, xTList, dy, batch, in);
  store(dw + (panel * PAD(in) + row) * P, t);
  if (row > 0) return;
  vec g[NV];
  bias_gradient(g, dy, batch);
  EACH_VEC VEC(db + panel * P + v * V) = g[v];
}

// The same, spent at once: Adam's step on W, b and their moments; the gradient never reaches memory.
SINGLE kernel void dense_gradient_adam(global float *w, global float *wM, global float *wV, global float *b,
                                       global float *bM, global float *bV, const global float *xT,
                                       const global int *xTList, const global float *dy,
                                       const global float2 *rates, int nth, float keep1, float keep2,
                                       float eps, int batch, int in) {
  const int row = get_global_id(0) * R, panel = get_global_id(1);
  const float2 rate = rates[nth];
  vec t[R][NV];
  weight_gradient(t, xT, xTList, dy, batch, in);
  const int at = (panel * PAD(in) + row) * P;
  EACH_ROW EACH_VEC {
    const int i = at + r * P + v * V;
    vec value = VEC(w + i), m = VEC(wM + i), square = VEC(wV + i);
    ADAM_UPDATE(value, m, square, t[r][v]);
    VEC(w + i) = value;
    VEC(wM + i) = m;
    VEC(wV + i) = square;
  }
  if (row > 0) return;
  vec g[NV];
  bias_gradient(g, dy, batch);
  EACH_VEC {
    const int i = panel * P + v * V;
    vec value = VEC(b + i), m = VEC(bM + i), square = VEC(bV + i);
    ADAM_UPDATE(value, m, square, g[v]);
    VEC(b + i) = value;
    VEC(bM + i) = m;
    VEC(bV + i) = square;
  }
}
