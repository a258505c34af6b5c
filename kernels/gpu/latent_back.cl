// The way back through the sampling and the layer before it on GPUs, for a group that needs some of it: the parts of dz
// (gpu/parts.cl) are so small that each makes it again. lib/latent.cl has the formulas.
//
//   dHeads[s] from Σ parts of dz[s]        dX[s][k] = (Σ_o dHeads[s][o] · W[k][o]) · f′(X[s][k])

#pragma once
#include "gpu/sample_rows.cl"
#include "lib/activation.cl"

// back[row][o] = dHeads of `rows` samples from `first` on; where `kept`, dz and dHeads go to memory too.
INLINE void back_rows(local float *back, int first, int rows, const global float *parts, int panels,
                      const global float *heads, const global float *eps, const global int *run, int batch,
                      float freeBits, int kept, global float *dz, global float *dHeads) {
  for (int i = ID; i < rows * LATENT; i += GROUP) {
    const int row = i / LATENT, d = i % LATENT, s = first + row;
    const uint left = AT(PAD(batch), s, d), right = AT(PAD(batch), s, LATENT + d);
    float g = 0.0f;
    for (int p = 0; p < panels; p++) g += parts[(p * ROUND_UP(batch, WHOLE) + s) * LATENT + d];
    const float beta = BETA_OF(heads[left], heads[right], RUN_BETA(run), freeBits);
    back[row * HEADS + d] = MU_BACK(heads[left], g, beta);
    back[row * HEADS + LATENT + d] = LOGVAR_BACK(heads[right], eps[left], g, beta);
    if (kept) {
      dz[left] = g;
      dHeads[left] = back[row * HEADS + d];
      dHeads[right] = back[row * HEADS + LATENT + d];
    }
  }
}

// A panel of W, column by column: columns[o][k], zeros from `features` on. w is W's copy [features][HEADS].
INLINE void fetch_columns(local float *columns, const global float *w, int panel, int features) {
  for (int i = ID; i < P * HEADS; i += GROUP) {
    const int k = panel * P + i % P;
    columns[i] = k < features ? w[k * HEADS + i / P] : 0.0f;
  }
}

#define GATE_BACK(NAME)                                                                                                \
  if (activation == NAME) v = NAME##_BACK(float, h, v);
#define GATE_BACK_QUAD(NAME)                                                                                           \
  if (activation == NAME) v = NAME##_BACK(float4, h, v);

// dX of sample s at column c of the panel, whose X is x; and four columns side by side, quad q. Zeros for no sample.
INLINE float hidden_back(const local float *back, const local float *columns, const global float *x, int s, int c,
                         int activation) {
  const float h = x[s * P + c];
  float v = 0.0f;
  for (int o = 0; o < HEADS; o++) v = fma(back[s * HEADS + o], columns[o * P + c], v);
  EACH_ACTIVATION(GATE_BACK)
  return v;
}
INLINE float4 hidden_back_quad(const local float *back, const local float *columns, const global float *x, int s, int q,
                               int batch, int activation) {
  const int there = s < batch ? s : 0;
  const float4 h = ((const global float4 *)x)[there * QUADS + q];
  float4 v = 0.0f;
  for (int o = 0; o < HEADS; o++)
    v = fma((float4)(back[there * HEADS + o]), ((const local float4 *)columns)[o * QUADS + q], v);
  EACH_ACTIVATION(GATE_BACK_QUAD)
  return s < batch ? v : (float4)0.0f;
}

// dHeads of sample s at column c, and four columns. Zeros for no sample and no head.
INLINE float heads_back(const local float *back, int s, int c) { return c < HEADS ? back[s * HEADS + c] : 0.0f; }
INLINE float4 heads_back_quad(const local float *back, int s, int q, int batch) {
  const int there = s < batch ? s : 0, c = 4 * q;
  const float4 v = (float4)(heads_back(back, there, c), heads_back(back, there, c + 1), heads_back(back, there, c + 2),
                            heads_back(back, there, c + 3));
  return s < batch ? v : (float4)0.0f;
}
