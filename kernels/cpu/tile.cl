// Tiles of R rows by P columns in a CPU's registers, for kernels in which each work-group is one work-item.
//
// P = NV·V. R·NV accumulators, NV vectors and a broadcast must fit the registers, and to keep two units busy for four
// cycles takes eight accumulators.

#pragma once
#include "lib/activation.cl"
#include "lib/items.cl"
#include "lib/panel.cl"

#ifndef R
#define R 8 // rows of a tile: 4, or 8 where V is 8 or more
#endif
#ifndef V
#define V 16 // floats in a vector register: 4, 8 or 16
#endif

#define NV (P / V)
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
typedef JOIN(float, V) vec;
#define VEC(p) (*(global vec *)(p))
#define CONST_VEC(p) (*(const global vec *)(p))
// R values side by side, from a column on that is a multiple of R.
typedef JOIN(float, R) vecR;
#define VECR(p) (*(global vecR *)(p))
// A tile that is handed to a function which is not inlined would leave the registers.
#define INLINE static inline __attribute__((always_inline))
#define EACH_ROW _Pragma("unroll") for (int r = 0; r < R; r++)
#define EACH_VEC _Pragma("unroll") for (int v = 0; v < NV; v++)

// Asks for a cache line that will be read. A step that is one launch is built by clang (cpu/step.cl), and other
// compilers need not know its builtin.
#ifdef JOINED
#define PREFETCH(p) __builtin_prefetch((const void *)(ulong)(p))
#else
#define PREFETCH(p)
#endif
#define LINE_FLOATS 16

// t += a · bᵀ for R values of A that lie `step` apart and a row of B's panel.
INLINE void rank_one(vec t[R][NV], const global float *a, int step, const global float *b) {
  vec row[NV];
  EACH_VEC row[v] = CONST_VEC(b + v * V);
  EACH_ROW EACH_VEC t[r][v] = fma((vec)(a[r * step]), row[v], t[r][v]);
}

// t += A · B over k = 0 … n−1. a is the tile's first row in A, which has aRows padded rows.
INLINE void multiply(vec t[R][NV], const global float *a, int aRows, const global float *b, int n) {
  int k0 = 0;
  for (; k0 + P <= n; k0 += P, a += aRows * P, b += P * P)
    _Pragma("unroll 4") for (int k = 0; k < P; k++) rank_one(t, a + k, P, b + k * P);
  for (int k = 0; k < n - k0; k++) rank_one(t, a + k, P, b + k * P);
}

// The numbers of a vector's lanes.
#define FIRST4 0, 1, 2, 3
#define FIRST8 FIRST4, 4, 5, 6, 7
#define FIRST16 FIRST8, 8, 9, 10, 11, 12, 13, 14, 15
#define LANE ((JOIN(int, V))(JOIN(FIRST, V)))

INLINE void store(global float *c, vec t[R][NV]) { EACH_ROW EACH_VEC VEC(c + r * P + v * V) = t[r][v]; }

// Writes the tile at (row, col) of C into CT, which has ctRows padded rows.
INLINE void store_transposed(global float *ct, int ctRows, int row, int col, vec t[R][NV]) {
  EACH_ROW {
    global float *to = ct + AT(ctRows, col, row + r);
    EACH_VEC {
      const vec lanes = t[r][v];
      const float *lane = (const float *)&lanes;
      _Pragma("unroll") for (int j = 0; j < V; j++) to[(v * V + j) * P] = lane[j];
    }
  }
}

// t = f(t)
#define ACTIVATE_TILE(NAME)                                                                                            \
  if (activation == NAME) EACH_ROW EACH_VEC t[r][v] = NAME##_OF(vec, t[r][v]);
INLINE void activate(vec t[R][NV], int activation) { EACH_ACTIVATION(ACTIVATE_TILE) }

// The sum of a vector's lanes.
#define LANES2(v) ((v).x + (v).y)
#define LANES4(v) LANES2((v).lo + (v).hi)
#define LANES8(v) LANES4((v).lo + (v).hi)
#define LANES16(v) LANES8((v).lo + (v).hi)
#define LANE_SUM(v) JOIN(LANES, V)(v)
