// Sums over a work-group of GROUP items, a power of two.

#pragma once

#ifndef GROUP
#define GROUP 64 // work-items of a work-group
#endif

// For functions that read local memory or hold a barrier: PoCL 3.1 gets some wrong that it leaves out of line.
#define INLINE static inline __attribute__((always_inline))

// The sum of a value over the work-group, in a fixed order; all items get it. scratch has a float for each item.
INLINE float group_sum(local float *scratch, float value) {
  const int id = get_local_id(0);
  scratch[id] = value;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int half_size = GROUP / 2; half_size > 0; half_size /= 2) {
    if (id < half_size) scratch[id] += scratch[id + half_size];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const float sum = scratch[0];
  barrier(CLK_LOCAL_MEM_FENCE);
  return sum;
}
