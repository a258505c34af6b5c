// The gradient at a layer's input: dx[s][i] = f′(x[s][i])·Σₒ dy[s][o]·w[o][i], where f made x. One work-item an input.

#include "lib/activation.cl"

#define THROUGH(NAME) \
  if (activation == NAME) g = NAME##_BACK(float, x[s * in + i], g);

kernel void dense_backward(global float *dx, const global float *dy, const global float *x, const global float *w,
                           int in, int out, int activation) {
  const int i = get_global_id(0), s = get_global_id(1);
  if (i >= in) return;
  float g = 0.0f;
  for (int o = 0; o < out; o++) g += dy[s * out + o] * w[o * in + i];
  EACH_ACTIVATION(THROUGH)
  dx[s * in + i] = g;
}
