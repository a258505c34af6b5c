// A batch: x[s][i] = images[order[start + s]][i] / 255, bytes to floats in 0 … 1. One work-item a pixel.

#include "lib/pixel.cl"
#include "lib/run.cl"

kernel void gather(global float *x, const global uchar *images, const global int *order, const global int *run, int nth,
                   int batch, int in) {
  const int i = get_global_id(0), s = get_global_id(1);
  if (i >= in) return;
  const size_t image = order[RUN_START(run, nth, batch) + s];
  x[s * in + i] = SCALED(float, (float)images[image * in + i]);
}
