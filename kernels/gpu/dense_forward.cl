// Dense layers on GPUs, forward: Y[batch][out] = f(X · W + b). gpu/product.cl says how.

#include "gpu/input.cl"
#include "gpu/parts.cl"
#include "lib/activation.cl"

#define X_QUAD(at, k0) INPUT_ALONG(x, at, k0, in)
#define W_QUAD(at, k0) down(w, PAD(in), PANEL, COLS, at, k0, in)
#define ACTIVATE(NAME)                                                                                                 \
  if (activation == NAME) v = NAME##_OF(float, v);

#ifdef NARROW
#define NEXT_LAYER , global float *parts, const global float *nextW
#else
#define NEXT_LAYER
#endif

// With NARROW, Y's panels are also multiplied with the next layer's weights nextW [out][NARROW] while they are at hand:
// gpu/parts.cl.
GROUP_SIZE kernel void dense_forward(global float *y, INPUT(x), const global float *w, const global float *bias,
                                     const global int *run, int nth, int batch, int in, int out,
                                     int activation NEXT_LAYER) {
  LOCAL_TILE(tile);
  LOCAL_PART(n);
  LOCAL_INPUT
  FETCH_PART(n, nextW, out);
  FETCH_INPUT
  PRODUCT_NN(tile, in, X_QUAD, W_QUAD);
  EACH_ELEMENT(i) {
    float v = total(tile, i) + bias[ELEMENT_COL(i)];
    EACH_ACTIVATION(ACTIVATE)
    y[ELEMENT_AT(i, PAD(batch))] = v;
    KEEP_FOR_PART(tile, i, ELEMENT_COL(i) < out ? v : 0.0f);
  }
  ADD_PART(tile, n, parts, batch);
}
