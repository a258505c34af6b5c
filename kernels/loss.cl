// The loss at the decoder's output, where it is not fused into the last layer (dense_*.cl):
//
//   recon = sigmoid(logit)      error = Σ (recon − x)²      dL = 2·(recon − x)·recon·(1 − recon)
//
// One work-item a sample, which keeps its part of the error. dLT may be null.

#include "activation.cl"
#include "panel.cl"

kernel void reconstruction(global float *dL, global float *dLT, global float *error,
                           const global float *logit, const global float *x, const global int *run, int nth,
                           int batch, int out) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  float sum = 0.0f;
  for (int i = 0; i < out; i++) {
    const uint at = AT(PAD(batch), s, i);
    const float recon = SIGMOID_OF(logit[at]), d = recon - x[at];
    const float gradient = 2.0f * d * recon * (1.0f - recon);
    sum += d * d;
    dL[at] = gradient;
    if (dLT) dLT[AT(PAD(out), i, s)] = gradient;
  }
  error[RUN_SLOT(run, nth) * batch + s] = sum;
}
