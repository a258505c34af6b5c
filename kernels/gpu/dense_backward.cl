// Dense layers on GPUs, the input's gradient, behind the activation that put X out:
// dXT[in][batch] = (W · dYT) ∘ f′(XT).
// gpu/product.cl says how.

#include "gpu/product.cl"
#include "lib/activation.cl"

#define GATE(NAME)                                                                                                     \
  if (activation == NAME) EACH_M EACH_N t[m][n] = NAME##_BACK(float, xT[OWN(PAD(in))], t[m][n]);

// dxT or dx may be null where nobody reads it, and xT where there is no activation.
GROUP_SIZE kernel void dense_backward(global float *dxT, global float *dx, const global float *dyT,
                                      const global float *xT, const global float *w, int batch, int in,
                                      int out, int activation) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}};
  multiply(t, la, lb, w + ROW_TILE * R * P, PAD(in), dyT + PANEL * PAD(out) * P, out);
  if (SLICE > 0) return;
  EACH_ACTIVATION(GATE)
  EACH_M EACH_N {
    if (dxT) dxT[OWN(PAD(in))] = t[m][n];
    if (dx) dx[TRANSPOSED(PAD(batch))] = t[m][n];
  }
}
