// Through the latent space on GPUs, forth and back, where narrow products come in parts (gpu/parts.cl).

#include "gpu/latent_back.cl"

#define ACTIVATE(NAME)                                                                                                 \
  if (activation == NAME) v = NAME##_OF(float, v);
#define GATE(NAME)                                                                                                     \
  if (activation == NAME) v = NAME##_BACK(float, x[at], v);

// The sampling and the decoder's first layer: Y[batch][out] = f(z · W + b). One group a tile of Y.
GROUP_SIZE kernel void latent_dense(global float *y, global float *heads, global float *eps, global float *z,
                                    global float *kl, const global float *parts, const global float *headsB,
                                    const global float *w, const global float *bias, const global int *order,
                                    const global int *run, int nth, int batch, int panels, int out, int activation,
                                    int sampled, uint stream, int stepwise, uint seedLow, uint seedHigh) {
  local Sampled l;
  sample_rows(&l, parts, panels, headsB, order, run, nth, batch, sampled, stream, stepwise,
              (uint2)(seedLow, seedHigh));
  if (PANEL == 0) keep_sampled(&l, heads, eps, z, kl, run, nth, batch);
  EACH_ELEMENT(i) {
    float v = bias[ELEMENT_COL(i)];
    for (int d = 0; d < LATENT; d++)
      v = fma(l.z[i / COLS * LATENT + d], w[AT(PAD(LATENT), d, ELEMENT_COL(i))], v);
    EACH_ACTIVATION(ACTIVATE)
    y[ELEMENT_AT(i, PAD(batch))] = v;
  }
}

// The way back from parts of dz through the sampling, and the gradient at the input of the heads' layer of weights W
// [in][2·latent]: dX[batch][in] = (dHeads · Wᵀ) ∘ f′(X). One group a tile of dX. x may be null.
GROUP_SIZE kernel void latent_backward_dense(global float *dx, global float *dHeads, global float *dz,
                                             const global float *parts, const global float *heads,
                                             const global float *eps, const global float *x, const global float *w,
                                             const global int *run, int batch, int panels, int in, int activation,
                                             float freeBits) {
  local float back[ROWS * HEADS], columns[COLS * HEADS];
  for (int i = ID; i < COLS * HEADS; i += GROUP) {
    const int k = PANEL * P + i / HEADS;
    columns[i] = w[AT(PAD(in), k < in ? k : 0, i % HEADS)];
  }
  back_rows(back, ROW_TILE * ROWS, ROWS, parts, panels, heads, eps, run, batch, freeBits, PANEL == 0, dz, dHeads);
  barrier(CLK_LOCAL_MEM_FENCE);
  EACH_ELEMENT(i) {
    const uint at = ELEMENT_AT(i, PAD(batch));
    float v = 0.0f;
    for (int o = 0; o < HEADS; o++) v = fma(back[i / COLS * HEADS + o], columns[i % COLS * HEADS + o], v);
    EACH_ACTIVATION(GATE)
    dx[at] = v;
  }
}
