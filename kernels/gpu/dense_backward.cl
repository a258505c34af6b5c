// Dense layers on GPUs, the input's gradient, behind the activation that put X out: dX[batch][in] = (dY · Wᵀ) ∘ f′(X).
// gpu/product.cl says how.

#define N_ACROSS
#include "gpu/parts.cl"
#include "gpu/product.cl"
#include "lib/activation.cl"

#define DY_QUAD(at, k0) along(dy, PAD(batch), ROW_TILE * ROWS, at, k0, out)
#define W_QUAD(at, k0) along(w, PAD(in), PANEL * P, at, k0, out)
#define X(i) (activation == NONE ? 0.0f : x[ELEMENT_AT(i, PAD(batch))])
#define GATE(NAME)                                                                                                     \
  if (activation == NAME) v = NAME##_BACK(float, before, v);

#ifdef NARROW
#define LAYER_BELOW , global float *parts, const global float *belowW
#else
#define LAYER_BELOW
#endif
#ifdef COPIED
#define COPY , global float *copy, const global float *original, int rows
#else
#define COPY
#endif

// x may be null where there is no activation. With NARROW, dX's panels also go through the layer below, of weights
// belowW [NARROW][in], while they are at hand: gpu/parts.cl. With COPIED, the groups also copy a matrix original
// [rows][COPIED], row by row, for who reads it while it changes.
GROUP_SIZE kernel void dense_backward(global float *dx, const global float *dy, const global float *x,
                                      const global float *w, int batch, int in, int out,
                                      int activation LAYER_BELOW COPY) {
  LOCAL_TILE(tile);
  LOCAL_PART(n);
  FETCH_PART(n, belowW, in);
  FETCH_EACH(xs, X)
  PRODUCT_NT(tile, out, DY_QUAD, W_QUAD);
  EACH_OF_ITEM(j, i) {
    const float before = FETCHED(xs, X, j, i);
    float v = total(tile, i);
    EACH_ACTIVATION(GATE)
    dx[ELEMENT_AT(i, PAD(batch))] = v;
    KEEP_FOR_PART(tile, i, ELEMENT_COL(i) < in ? v : 0.0f);
  }
  ADD_PART(tile, n, parts, batch);
#ifdef COPIED
  const int width = get_global_size(0), stride = width * get_num_groups(1);
  for (int i = TILE_COL * width + get_global_id(0); i < rows * COPIED; i += stride)
    copy[i] = original[AT(PAD(rows), i / COPIED, i % COPIED)];
#endif
}
