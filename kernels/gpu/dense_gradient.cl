// Dense layers on GPUs, the weights' gradient: dW[in][out] = XT · dY, db[out] = Σ dY over the batch.
// gpu/product.cl says how.

#include "gpu/product.cl"
#include "lib/adam.cl"

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
