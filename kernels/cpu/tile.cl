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

// t += A[row of a …+R][k] · B[k][panel of b], one k.
INLINE void rank_one(vec t[R][NV], const global float *a, const global float *b) {
  vec row[NV];
  EACH_VEC row[v] = CONST_VEC(b + v * V);
  EACH_ROW EACH_VEC t[r][v] = fma((vec)(a[r * P]), row[v], t[r][v]);
}

// t += A · B over k = 0 … n−1. a is the tile's first row in A, which has aRows padded rows.
INLINE void multiply(vec t[R][NV], const global float *a, int aRows, const global float *b, int n) {
  int k0 = 0;
  for (; k0 + P <= n; k0 += P, a += aRows * P, b += P * P)
    _Pragma("unroll 4") for (int k = 0; k < P; k++) rank_one(t, a + k, b + k * P);
  for (int k = 0; k < n - k0; k++) rank_one(t, a + k, b + k * P);
}

// Products leave out the columns of A that are all zero in a row tile: list[0] of them are left, list[1 + j] says
// which, and there is room for one more. packed[j·R + r] holds their values, one column after the other. n is A's
// number of columns.
#define LIST(n) ((n) + 2)
#define PACKED(n) ((n)*R)

// t += A · B over the columns of A that are left, in their order. In all others A's R values are zero.
INLINE void multiply_packed(vec t[R][NV], const global float *packed, const global int *list, const global float *b) {
  const int n = list[0];
  for (int j = 0; j < n; j++) {
    const global float *bk = b + list[1 + j] * P;
    vec row[NV];
    EACH_VEC row[v] = CONST_VEC(bk + v * V);
    EACH_ROW EACH_VEC t[r][v] = fma((vec)(packed[j * R + r]), row[v], t[r][v]);
  }
}

// A set of samples is kept as a bitmask: sample s is bit s mod 64 of word s / 64. It may be kept as flags as well, a
// byte of 0 or 1 for each sample, which several work-items can write.
#define WORDS(n) (((n) + 63) / 64)
#define FLAGS(n) (64 * WORDS(n))

// The lowest sample of a word that is not empty: compilers know this for the count of trailing zeros.
INLINE int lowest(ulong word) { return (int)popcount(~word & (word - 1)); }

// A word of 64 flags. The product moves the lowest bits of eight bytes to the top, side by side; padding may hold
// anything.
INLINE ulong word_of(const global uchar *flags) {
  ulong word = 0;
  _Pragma("unroll") for (int i = 0; i < 8; i++)
    word |= ((((const global ulong *)flags)[i] & 0x0101010101010101ul) * 0x0102040810204080ul >> 56) << 8 * i;
  return word;
}

// t += Aᵀ · B over k = 0 … n−1, or those in the bitmask and among the flags where there are such, for A's columns col …
// col + R − 1: A is read as it is, down its columns.
INLINE void multiply_transposed(vec t[R][NV], const global float *a, int aRows, int col, const global ulong *mask,
                                const global uchar *flags, const global float *b, int n) {
  const global float *columns[R];
  EACH_ROW columns[r] = a + AT(aRows, 0, col + r);
  for (int k0 = 0; k0 < n; k0 += 64) {
    ulong left = mask ? mask[k0 / 64] : n - k0 < 64 ? (1ul << (n - k0)) - 1 : ~0ul;
    if (flags) left &= word_of(flags + k0);
    for (; left; left &= left - 1) {
      const int k = (k0 + lowest(left)) * P;
      vec row[NV];
      EACH_VEC row[v] = CONST_VEC(b + k + v * V);
      EACH_ROW EACH_VEC t[r][v] = fma((vec)(columns[r][k]), row[v], t[r][v]);
    }
  }
}

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

// The numbers of a vector's lanes.
#define FIRST4 0, 1, 2, 3
#define FIRST8 FIRST4, 4, 5, 6, 7
#define FIRST16 FIRST8, 8, 9, 10, 11, 12, 13, 14, 15
#define LANE ((JOIN(int, V))(JOIN(FIRST, V)))

// The sum of a vector's lanes.
#define LANES2(v) ((v).x + (v).y)
#define LANES4(v) LANES2((v).lo + (v).hi)
#define LANES8(v) LANES4((v).lo + (v).hi)
#define LANES16(v) LANES8((v).lo + (v).hi)
#define LANE_SUM(v) JOIN(LANES, V)(v)
