// What a batch says of its images, kept: allRows[order[start + s]][c] = part[s][c]. One work-item a value.

#include "lib/run.cl"

kernel void scatter(global float *allRows, const global float *part, const global int *order, const global int *run,
                    int nth, int batch, int columns, int partColumns) {
  const int c = get_global_id(0), s = get_global_id(1);
  if (c >= columns) return;
  const size_t image = order[RUN_START(run, nth, batch) + s];
  allRows[image * columns + c] = part[s * partColumns + c];
}
