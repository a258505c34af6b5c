// The loss at the decoder's output and its gradient: recon = sigmoid(logit), error = Σ over the sample's pixels x, and
// dL = scale · d error / d logit, by lib/likelihood.cl. One work-item a sample.

#include "lib/likelihood.cl"
#include "lib/run.cl"

#define PIXEL_LOSS(NAME)                                          \
  if (likelihood == NAME) {                                       \
    sum += NAME##_VALUE(float, logit[at], recon, x[at]);          \
    dL[at] = RUN_SCALE(run) * NAME##_GRADIENT(float, logit[at], recon, x[at]); \
  }

kernel void reconstruction(global float *dL, global float *error, const global float *logit, const global float *x,
                           const global int *run, int nth, int batch, int out, int likelihood) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  float sum = 0.0f;
  for (int i = 0; i < out; i++) {
    const int at = s * out + i;
    const float recon = SIGMOID_OF(float, logit[at]);
    EACH_LIKELIHOOD(PIXEL_LOSS)
  }
  error[RUN_SLOT(run, nth) * batch + s] = sum;
}
