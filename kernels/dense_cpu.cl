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
// Tunables: R, P; V, floats in a vector register (P = NV·V). R·NV accumulators, NV vectors and a broadcast
// must fit the registers: 6x16 with 16 registers of 8 floats, 14x32 with 32 of 16.

#define NV (P / V)
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
typedef JOIN(float, V) vec;
#define VEC(p) (*(global vec *)(p))
#define CONST_VEC(p) (*(const global vec *)(p))
#define EACH_ROW _Pragma("unroll") for (int r = 0; r < R; r++)
#define EACH_VEC _Pragma("unroll") for (int v = 0; v < NV; v++)
#define SINGLE __attribute__((reqd_work_group_size(1, 1, 1)))

// t += A[row of a …+R][k] · B[k][panel of b], one k.
static inline void rank_one(vec t[R][NV], const global float *a, const global float *b) {
  vec row[NV];
  EACH_VEC row[v] = CONST_VEC(b + v * V);
  EACH_ROW EACH_VEC t[r][v] = fma((vec)(a[r * P]), row[v], t[r][v]);
}

// t += A · B over k = 0 … n−1. a is the tile's first row in A, which has aRows padded rows.
static inline void multiply(vec t[R][NV], const global float *a, int aRows, const global float *b, int n) {
  for (int k0 = 0; k0 < n; k0 += P, a += aRows * P) {
    const int end = min(P, n - k0);
    for (int k = 0; k < end; k++, b += P) rank_one(t, a + k, b);
  }
}

// The same over the k in the list alone: list[0] of them, in order. In all others A's R values are zero.
static inline void multiply_listed(vec t[R][NV], const global float *a, int aRows, const global float *b,
                            const global int *list) {
  const int n = list[0];
  for (int j = 1; j <= n; j++) rank_one(t, a + AT(aRows, 0, list[j]), b + list[j] * P);
}

static inline void store(global float *c, vec t[R][NV]) { EACH_ROW EACH_VEC VEC(c + r * P + v * V) = t[r][v]; }

// Writes the tile at (row, col) of C into CT, which has ctRows padded rows.
static inline void store_transposed(global float *ct, int ctRows, int row, int col, vec t[R][NV]) {
  EACH_ROW {
    global float *to = ct + AT(ctRows, col, row + r);
    EACH_VEC {
      const vec lanes = t[r][v];
      const float *lane = (const float *)&lanes;
      _Pragma("unroll") for (int j = 0; j < V; j++) to[(v * V + j) * P] = lane[j];
    }
  }
}

// Y = f(X · W + b). yT may be null. xList, where not null, lists for each row tile of X the columns with a
// value that is not zero (batch_cpu.cl).
SINGLE kernel void dense_forward(global float *y, global float *yT, const global float *x,
                                 const global int *xList, const global float *w, const global float *bias,
                                 int batch, int in, int out, int activation) {
  const int row = get_global_id(0) * R, panel = get_global_id(1);
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = CONST_VEC(bias + panel * P + v * V);
  const global float *b = w + panel * PAD(in) * P;
  if (xList)
    multiply_listed(t, x + row * P, PAD(batch), b, xList + get_global_id(0) * (in + 1));
  else
    multiply(t, x + row * P, PAD(batch), b, in);
  if (activation == RELU) EACH_ROW EACH_VEC t[r][v] = RELU_OF(t[r][v], (vec)0.0f);
  if (activation == SIGMOID) EACH_ROW EACH_VEC t[r][v] = SIGMOID_OF(t[r][v]);
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

// dXT = (W · dYT) ∘ f′(XT). dx and xT may be null: no row-wise copy, no activation.
SINGLE kernel void dense_backward(global float *dxT, global float *dx, const global float *dyT,
                                  const global float *xT, const global float *w, int batch, int in, int out) {
  const int row = get_global_id(0) * R, panel = get_global_id(1), at = (panel * PAD(in) + row) * P;
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  multiply(t, w + row * P, PAD(in), dyT + panel * PAD(out) * P, out);
  if (xT) EACH_ROW EACH_VEC t[r][v] = CONST_VEC(xT + at + r * P + v * V) > 0.0f ? t[r][v] : (vec)0.0f;
  store(dxT + at, t);
  if (dx) store_transposed(dx, PAD(batch), row, panel * P, t);
}

// t = XT · dY, one tile of dW.
static inline void weight_gradient(vec t[R][NV], const global float *xT, const global int *xTList,
                            const global float *dy, int batch, int in) {
  const int row = get_global_id(0) * R, panel = get_global_id(1);
  EACH_ROW EACH_VEC t[r][v] = 0.0f;
  const global float *b = dy + panel * PAD(batch) * P;
  if (xTList)
    multiply_listed(t, xT + row * P, PAD(in), b, xTList + get_global_id(0) * (batch + 1));
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
