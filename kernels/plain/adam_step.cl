// Adam where the gradient is in memory: one work-item an element, padding included, so that the layout does
// not matter. For every tiling. lib/adam.cl has the formula.

#include "lib/adam.cl"

kernel void adam_step(global float *w, global float *m, global float *v, const global float *gradient,
                      const global float2 *rates, int nth, float keep1, float keep2, float eps, int count) {
  const int i = get_global_id(0);
  if (i >= count) return;
  const float2 rate = rates[nth];
  float value = w[i], mean = m[i], square = v[i];
  ADAM_UPDATE(value, mean, square, gradient[i]);
  w[i] = value;
  m[i] = mean;
  v[i] = square;
}
