// Dense layers on GPUs. W is kept as [in][out], and one product serves all three passes:
//
//   forward          Y[batch][out]   = f(X · W + b)        reads X,  W
//   input gradient   dXT[in][batch]  = (W · dYT) ∘ f′      reads W,  dYT
//   weight gradient  dW[in][out]     = XT · dY             reads XT, dY
//
// One work-group computes one tile of 32 rows by 32 columns (R = P = 32). It walks the sum in slabs of 32,
// each brought into local memory as two contiguous blocks of 1024 floats. A slab's 32 terms are shared out
// among SLICES slices of the work-group, since there are few tiles for many processors; at the end slice 0
// adds up the others in their order. Within a slice each work-item holds TM x TN sums: rows
// r0 … r0+TM−1, columns c0, c0 + STRIDE, … so that neighbours write neighbours.

#pragma once
#include "lib/panel.cl"

#ifndef R
#define R 32 // rows of a tile
#endif
#ifndef TM
#define TM 4 // rows of a work-item's share
#endif
#ifndef TN
#define TN 4 // columns of a work-item's share
#endif
#ifndef SLICES
#define SLICES 4 // parts of a sum, a divisor of 32
#endif

#define STRIDE (P / TN)
#define ITEMS (R / TM * STRIDE)
#define GROUP (ITEMS * SLICES) // work-items of a work-group
#define GROUP_SIZE __attribute__((reqd_work_group_size(GROUP, 1, 1)))
#define ITEM ((int)get_local_id(0) % ITEMS)
#define SLICE ((int)get_local_id(0) / ITEMS)
#define ROW_TILE ((int)get_group_id(0))
#define PANEL ((int)get_group_id(1))
#define R0 (ITEM / STRIDE * TM)
#define C0 (ITEM % STRIDE)
#define EACH_M _Pragma("unroll") for (int m = 0; m < TM; m++)
#define EACH_N _Pragma("unroll") for (int n = 0; n < TN; n++)
#define A_ROW (P + 1) // one more than the banks of local memory

// t += A · B over k = 0 … terms−1, where a is the tile's first row in A (aRows padded rows) and b the panel.
// Padding beyond is replaced by zeros. Afterwards slice 0 holds the sums.
static inline void multiply(float t[TM][TN], local float *la, local float *lb, const global float *a,
                            int aRows, const global float *b, int terms) {
  const int id = get_local_id(0);
  for (int k0 = 0; k0 < terms; k0 += P, a += aRows * P, b += P * P) {
    for (int i = id; i < R * P; i += GROUP) la[i / P * A_ROW + i % P] = k0 + i % P < terms ? a[i] : 0.0f;
    for (int i = id; i < P * P; i += GROUP) lb[i] = k0 + i / P < terms ? b[i] : 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = SLICE * (P / SLICES); k < (SLICE + 1) * (P / SLICES); k++) {
      float left[TM], right[TN];
      EACH_M left[m] = la[(R0 + m) * A_ROW + k];
      EACH_N right[n] = lb[k * P + C0 + n * STRIDE];
      EACH_M EACH_N t[m][n] = fma(left[m], right[n], t[m][n]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int slice = 1; slice < SLICES; slice++) {
    if (SLICE == slice) EACH_M EACH_N lb[(R0 + m) * P + C0 + n * STRIDE] = t[m][n];
    barrier(CLK_LOCAL_MEM_FENCE);
    if (SLICE == 0) EACH_M EACH_N t[m][n] += lb[(R0 + m) * P + C0 + n * STRIDE];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}

#define LOCAL_TILES local float la[R * A_ROW], lb[P * P]
// Place of this item's element (m, n) in the tile's matrix of `rows` padded rows, and in its transpose.
#define OWN(rows) AT(rows, ROW_TILE * R + R0 + m, PANEL * P + C0 + n * STRIDE)
#define TRANSPOSED(rows) AT(rows, PANEL * P + C0 + n * STRIDE, ROW_TILE * R + R0 + m)
