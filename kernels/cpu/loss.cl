// The loss at the decoder's output on CPUs, where it is not fused into the last layer (cpu/dense_forward.cl):
//
//   recon = sigmoid(logit)      error = Σ over the pixels x      dL = scale · d error / d logit
//
// by lib/likelihood.cl. One work-item a sample, which keeps its part of the error.

#include "lib/items.cl"
#include "lib/likelihood.cl"
#include "lib/panel.cl"

#define ROW_LOSS(NAME)                                                                                                 \
  if (likelihood == NAME)                                                                                              \
    for (int i = 0; i < out; i++) {                                                                                    \
      const uint at = AT(PAD(batch), s, i);                                                                            \
      const float recon = SIGMOID_OF(float, logit[at]);                                                                \
      sum += NAME##_VALUE(float, logit[at], recon, x[at]);                                                             \
      dL[at] = RUN_SCALE(run) * NAME##_GRADIENT(float, logit[at], recon, x[at]);                                       \
    }

KERNEL reconstruction(WORK_ITEM global float *dL, global float *error, const global float *logit,
                      const global float *x, const global int *run, int nth, int batch, int out, int likelihood) {
  const int s = item0;
  if (s >= batch) return;
  float sum = 0.0f;
  EACH_LIKELIHOOD(ROW_LOSS)
  error[RUN_SLOT(run, nth) * batch + s] = sum;
}
