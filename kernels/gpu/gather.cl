// A batch on GPUs: x[s][i] = images[order[start + s]][i] / 255, X [batch][in]. One work-item a value.

#include "lib/panel.cl"
#include "lib/pixel.cl"

kernel void gather(global float *x, const global uchar *images, const global int *order,
                   const global int *run, int nth, int batch, int in) {
  const int i = get_global_id(0), s = get_global_id(1);
  if (i >= in || s >= batch) return;
  const size_t image = order[RUN_START(run, nth, batch) + s];
  const float pixel = images[image * in + i], value = SCALED(float, pixel);
  x[AT(PAD(batch), s, i)] = value;
}
