// Dense layers on GPUs, with the layout and the names of dense_cpu.cl. One product serves all three passes:
//
//   forward          Y[batch][out]   = f(X · W + b)        reads X,  W
//   input gradient   dXT[in][batch]  = (W · dYT) ∘ f′      reads W,  dYT
//   weight gradient  dW[in][out]     = XT · dY             reads XT, dY
//
// One work-group computes one tile of 32 rows by 32 columns (R = P = 32). It walks the sum in slabs of 32,
// each brought into local memory as two contiguous blocks of 1024 floats. A slab's 32 terms are shared out
// among SLICES slices of the work-group, since there are few tiles for many processors; at the end slice 0
// adds up the others in their order. Within a slice each work-item holds TM x TN sums: rows
// r0 … r0+TM−1, columns c0, c0 + STEP, … so that neighbours write neighbours.
//
// Tunables: TM, TN, SLICES (a divisor of 32). Work-group: 32/TM · 32/TN · SLICES work-items.

#include "activation.cl"
#include "adam_update.cl"
#include "panel.cl"

#define STEP (P / TN)
#define ITEMS (R / TM * STEP)
#define GROUP (ITEMS * SLICES)
#define GROUP_SIZE __attribute__((reqd_work_group_size(GROUP, 1, 1)))
#define ITEM ((int)get_local_id(0) % ITEMS)
#define SLICE ((int)get_local_id(0) / ITEMS)
#define ROW_TILE ((int)get_group_id(0))
#define PANEL ((int)get_group_id(1))
#define R0 (ITEM / STEP * TM)
#define C0 (ITEM % STEP)
#define EACH_M for (int m = 0; m < TM; m++)
#define EACH_N for (int n = 0; n < TN; n++)
#define A_ROW (P + 1) // one more than the banks of local memory

// t += A · B over k = 0 … terms−1, where a is the tile's first row in A (aRows padded rows) and b the panel.
// Padding beyond is replaced by zeros. Afterwards slice 0 holds the sums.
static inline void multiply(float t[TM][TN], local float *la, local float *lb, const global float *a,
                            int aRows, const global float *b, int terms) {
  const int id = get_local_id(0);
  for (int k0 = 0; k0 < terms; k0 += P, a += aRows * P, b += P * P) {
    for (int i = id; i < R * P; i += GROUP) la[i / P * A_ROW + i % P] = k0 + i % P < terms ? a[i] : 0.0f;
    for (int i = id; i < P * P; i += GROUP) lb[i] = k0 + i / P < terms ? b[i] : 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = SLICE * (P / SLICES); k < (SLICE + 1) * (P / SLICES); k++) {
      float left[TM], right[TN];
      EACH_M left[m] = la[(R0 + m) * A_ROW + k];
      EACH_N right[n] = lb[k * P + C0 + n * STEP];
      EACH_M EACH_N t[m][n] = fma(left[m], right[n], t[m][n]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int slice = 1; slice < SLICES; slice++) {
    if (SLICE == slice) EACH_M EACH_N lb[(R0 + m) * P + C0 + n * STEP] = t[m][n];
    barrier(CLK_LOCAL_MEM_FENCE);
    if (SLICE == 0) EACH_M EACH_N t[m][n] += lb[(R0 + m) * P + C0 + n * STEP];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}

#define LOCAL_TILES local float la[R * A_ROW], lb[P * P]
// Place of this item's element (m, n) in the tile's matrix of `rows` padded rows, and in its transpose.
#define OWN(rows) AT(rows, ROW_TILE * R + R0 + m, PANEL * P + C0 + n * STEP)
#define TRANSPOSED(rows) AT(rows, PANEL * P + C0 + n * STEP, ROW_TILE * R + R0 + m)

// Y = f(X · W + b). yT may be null.
GROUP_SIZE kernel void dense_forward(global float *y, global float *yT, const global float *x,
                                     const global float *w, const global float *bias, int batch, int in,
                                     int out, int activation) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}};
  multiply(t, la, lb, x + ROW_TILE * R * P, PAD(batch), w + PANEL * PAD(in) * P, in);
  if (SLICE > 0) return;
  EACH_M EACH_N {
    float value = t[m][n] + bias[PANEL * P + C0 + n * STEP];
    if (activation == RELU) value = RELU_OF(value, 0.0f);
    if (activation == SIGMOID) value = SIGMOID_OF(value);
    y[OWN(PAD(batch))] = value;
    if (yT) yT[TRANSPOSED(PAD(out))] = value;
  }
}

// recon = sigmoid(X · W + b), this tile's part of error = Σ (recon − target)², and
// dL = 2·(recon − target)·recon·(1 − recon).
GROUP_SIZE kernel void dense_reconstruct(global float *dL, global float *dLT, global float *error,
                                         const global float *target, const global float *x,
                                         const global float *w, const global float *bias,
                                         const global int *run, int nth, int batch, int in, int out) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}}, sum = 0.0f;
  multiply(t, la, lb, x + ROW_TILE * R * P, PAD(batch), w + PANEL * PAD(in) * P, in);
  if (SLICE == 0) {
    EACH_M EACH_N {
      const int row = ROW_TILE * R + R0 + m, col = PANEL * P + C0 + n * STEP;
      const float recon = SIGMOID_OF(t[m][n] + bias[col]);
      const float d = recon - target[OWN(PAD(batch))], gradient = 2.0f * d * recon * (1.0f - recon);
      if (row < batch && col < out) sum += d * d;
      dL[OWN(PAD(batch))] = gradient;
      if (dLT) dLT[TRANSPOSED(PAD(out))] = gradient;
    }
    la[ITEM] = sum;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (get_local_id(0) > 0) return;
  float total = 0.0f;
  for (int i = 0; i < ITEMS; i++) total += la[i];
  const int parts = get_num_groups(0) * get_num_groups(1);
  error[RUN_SLOT(run, nth) * parts + ROW_TILE * get_num_groups(1) + PANEL] = total;
}

// dXT = (W · dYT) ∘ f′(XT). dxT or dx may be null, where nobody reads it; xT too: no activation.
GROUP_SIZE kernel void dense_backward(global float *dxT, global float *dx, const global float *dyT,
                                      const global float *xT, const global float *w, int batch, int in,
                                      int out) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}};
  multiply(t, la, lb, w + ROW_TILE * R * P, PAD(in), dyT + PANEL * PAD(out) * P, out);
  if (SLICE > 0) return;
  EACH_M EACH_N {
    const uint at = OWN(PAD(in));
    const float value = !xT || xT[at] > 0.0f ? t[m][n] : 0.0f;
    if (dxT) dxT[at] = value;
    if (dx) dx[TRANSPOSED(PAD(batch))] = value;
  }
}

// Σ dY over the batch for one output feature.
static inline float bias_gradient(const global float *dy, int batch, int col) {
  float g = 0.0f;
  for (int s = 0; s < batch; s++) g += dy[AT(PAD(batch), s, col)];
  return g;
}

// dW = XT · dY, and db = Σ dY by the first row of tiles.
GROUP_SIZE kernel void dense_gradient(global float *dw, global float *db, const global float *xT,
                                      const global float *dy, int batch, int in) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}};
  multiply(t, la, lb, xT + ROW_TILE * R * P, PAD(in), dy + PANEL * PAD(batch) * P, batch);
  if (ROW_TILE == 0)
    for (int j = get_local_id(0); j < P; j += GROUP)
      db[PANEL * P + j] = bias_gradient(dy, batch, PANEL * P + j);
  if (SLICE > 0) return;
  EACH_M EACH_N dw[OWN(PAD(in))] = t[m][n];
}

// The same, spent at once: Adam's step on W, b and their moments; the gradient never reaches memory.
GROUP_SIZE kernel void dense_gradient_adam(global float *w, global float *wM, global float *wV,
                                           global float *b, global float *bM, global float *bV,
                                           const global float *xT, const global float *dy,
                                           const global float2 *rates, int nth, float keep1, float keep2,
                                           float eps, int batch, int in) {
  LOCAL_TILES;
  const float2 rate = rates[nth];
  float t[TM][TN] = {{0.0f}};
  multiply(t, la, lb, xT + ROW_TILE * R * P, PAD(in), dy + PANEL * PAD(batch) * P, batch);
  if (ROW_TILE == 0)
    for (int j = get_local_id(0); j < P; j += GROUP) {
      const int i = PANEL * P + j;
      float value = b[i], m = bM[i], square = bV[i];
      const float g = bias_gradient(dy, batch, i);
      ADAM_UPDATE(value, m, square, g);
      b[i] = value;
      bM[i] = m;
      bV[i] = square;
    }
  if (SLICE > 0) return;
  EACH_M EACH_N {
    const uint at = OWN(PAD(in));
    float value = w[at], mean = wM[at], square = wV[at];
    ADAM_UPDATE(value, mean, square, t[m][n]);
    w[at] = value;
    wM[at] = mean;
    wV[at] = square;
  }
}
