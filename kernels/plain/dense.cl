// A dense layer: y[s][o] = f(Σᵢ x[s][i]·w[o][i] + bias[o]). One work-item an output.

#include "lib/activation.cl"

#define ACTIVATE(NAME) \
  if (activation == NAME) v = NAME##_OF(float, v);

kernel void dense(global float *y, const global float *x, const global float *w, const global float *bias, int in,
                  int out, int activation) {
  const int o = get_global_id(0), s = get_global_id(1);
  if (o >= out) return;
  float v = bias[o];
  for (int i = 0; i < in; i++) v += x[s * in + i] * w[o * in + i];
  EACH_ACTIVATION(ACTIVATE)
  y[s * out + o] = v;
}
