// Dense layers on GPUs, forward: Y[batch][out] = f(X · W + b). gpu/product.cl says how.

#include "gpu/product.cl"
#include "lib/activation.cl"
#include "lib/likelihood.cl"

#define ACTIVATE(NAME)                                                                                                 \
  if (activation == NAME) EACH_M EACH_N t[m][n] = NAME##_OF(float, t[m][n]);

// yT may be null.
GROUP_SIZE kernel void dense_forward(global float *y, global float *yT, const global float *x,
                                     const global float *w, const global float *bias, int batch, int in,
                                     int out, int activation) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}};
  multiply(t, la, lb, x + ROW_TILE * R * P, PAD(batch), w + PANEL * PAD(in) * P, in);
  if (SLICE > 0) return;
  EACH_M EACH_N t[m][n] += bias[PANEL * P + C0 + n * STRIDE];
  EACH_ACTIVATION(ACTIVATE)
  EACH_M EACH_N {
    y[OWN(PAD(batch))] = t[m][n];
    if (yT) yT[TRANSPOSED(PAD(out))] = t[m][n];
  }
}

// The decoder's last layer with the loss: logit = X · W + b, recon = sigmoid(logit), this tile's part of the error
// and dL, its derivative by logit (lib/likelihood.cl). dLT may be null.
#define TILE_LOSS(NAME)                                                                                                \
  if (likelihood == NAME) EACH_M EACH_N {                                                                              \
      const int row = ROW_TILE * R + R0 + m, col = PANEL * P + C0 + n * STRIDE;                                        \
      const float logit = t[m][n] + bias[col], recon = SIGMOID_OF(float, logit);                                       \
      const float pixel = target[OWN(PAD(batch))];                                                                     \
      const float gradient = NAME##_GRADIENT(float, logit, recon, pixel);                                              \
      if (row < batch && col < out) sum += NAME##_VALUE(float, logit, recon, pixel);                                   \
      dL[OWN(PAD(batch))] = gradient;                                                                                  \
      if (dLT) dLT[TRANSPOSED(PAD(out))] = gradient;                                                                   \
    }
GROUP_SIZE kernel void dense_reconstruct(global float *dL, global float *dLT, global float *error,
                                         const global float *target, const global float *x,
                                         const global float *w, const global float *bias,
                                         const global int *run, int nth, int batch, int in, int out,
                                         int likelihood) {
  LOCAL_TILES;
  float t[TM][TN] = {{0.0f}}, sum = 0.0f;
  multiply(t, la, lb, x + ROW_TILE * R * P, PAD(batch), w + PANEL * PAD(in) * P, in);
  if (SLICE == 0) {
    EACH_LIKELIHOOD(TILE_LOSS)
    la[ITEM] = sum;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (get_local_id(0) > 0) return;
  float total = 0.0f;
  for (int i = 0; i < ITEMS; i++) total += la[i];
  const int parts = get_num_groups(0) * get_num_groups(1);
  error[RUN_SLOT(run, nth) * parts + ROW_TILE * get_num_groups(1) + PANEL] = total;
}
