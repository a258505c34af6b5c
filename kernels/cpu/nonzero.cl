// Where a matrix [samples][features] is not zero, for products that leave out the rest, which changes no sum: most
// pixels of drawn digits are zero, and about half of what comes out of a relu. Two bitmasks say it, and whoever writes
// a tile of the matrix writes its part of both:
//
//   columns[row tile · PANELS(features) + panel]   a bit for each column, 1 if it is not zero in all R rows
//   samples[R features · WORDS(batch) + word]      a byte for each row tile, in it a bit for each row, 1 if it is not
//                                                  zero in all of them; beyond the last row tile anything

#pragma once
#include "cpu/tile.cl"

#define PANELS(n) (((n) + P - 1) / P)
#define WORD (8 * R) // samples in a word
#define WORDS(n) (((n) + WORD - 1) / WORD)
#define SAMPLE(bit) ((bit) / 8 * R + (bit) % 8)

// The bits of the first n samples of a word.
INLINE ulong first_samples(int n) {
  const ulong each = 0x0101010101010101ul * ((1 << R) - 1);
  return n < WORD ? (each & ((1ul << n / R * 8) - 1)) | ((1ul << n % R) - 1) << n / R * 8 : each;
}

// The lowest bit of a word that is not empty: compilers know this for the count of trailing zeros.
#define LOWEST(word) ((uint)popcount(~(word) & ((word)-1)))

// Bits for eight bytes that are each 0 or 255: the product moves their lowest bits to the top, side by side.
INLINE uint bits_of(ulong bytes) { return (bytes & 0x0101010101010101ul) * 0x0102040810204080ul >> 56; }

typedef JOIN(uchar, V) bytes;
#if R == 8
typedef ulong bytesR;
#else
typedef uint bytesR;
#endif

// Writes both masks' part for the tile at (row, panel) of a matrix [batch][n], which is not zero where bytes are 255.
// Nothing branches on a value, since nobody could predict it.
INLINE void mark(global int *columns, global ulong *samples, bytes some[R][NV], int row, int panel, int batch, int n) {
  union {
    bytes vectors[NV];
    ulong eights[P / 8];
    bytesR groups[P / R];
  } all, one;
  uint found[P / R];
  _Pragma("unroll") for (int g = 0; g < P / R; g++) found[g] = 0;
  EACH_VEC all.vectors[v] = 0;
  EACH_ROW {
    EACH_VEC {
      const JOIN(int, V) there = LANE < (row + r < batch ? n - panel * P - v * V : 0);
      one.vectors[v] = some[r][v] & JOIN(as_uchar, V)(JOIN(convert_char, V)(there));
      all.vectors[v] |= one.vectors[v];
    }
    _Pragma("unroll") for (int g = 0; g < P / R; g++) found[g] |= (one.groups[g] != 0) << r;
  }
  if (columns) {
    uint word = 0;
    _Pragma("unroll") for (int i = 0; i < P / 8; i++) word |= bits_of(all.eights[i]) << 8 * i;
    columns[row / R * PANELS(n) + panel] = (int)word;
  }
  if (samples)
    for (int g = 0; g < P / R; g++)
      ((global uchar *)(samples + (panel * P / R + g) * WORDS(batch)))[row / R] = found[g];
}

// The same for a tile of floats; either mask may be null.
INLINE void mark_tile(global int *columns, global ulong *samples, vec t[R][NV], int row, int panel, int batch, int n) {
  if (!columns && !samples) return;
  bytes some[R][NV];
  EACH_ROW EACH_VEC some[r][v] = JOIN(as_uchar, V)(JOIN(convert_char, V)(t[r][v] != 0.0f));
  mark(columns, samples, some, row, panel, batch, n);
}

// t += A · B over the columns of A that are marked, for row tile `tile` of `tiles`. Each of them asks for a part of B's
// next panel, since no processor can foresee which rows are wanted.
INLINE void multiply_marked(vec t[R][NV], const global float *a, int aRows, const global int *columns, int tile,
                            int tiles, const global float *b, int n) {
  const global float *next = b + PAD(n) * P;
  for (int k0 = 0; k0 < n; k0 += P, a += aRows * P, b += P * P, next += P * P) {
    uint left = (uint)columns[k0 / P];
    if (left)
      for (int i = tile * P * P / tiles; i < (tile + 1) * P * P / tiles; i += LINE_FLOATS) PREFETCH(next + i);
    for (; left; left &= left - 1) {
      const int k = LOWEST(left);
      rank_one(t, a + k, P, b + k * P);
    }
  }
}

// t += Aᵀ · B over n samples, or those that are marked for A's R columns; and where B is zero wherever another matrix
// is, for that one's P columns as well. a is the first of the R columns, which lie side by side. False if there was no
// sample, and t is as it was.
INLINE bool multiply_transposed(vec t[R][NV], const global float *a, const global ulong *samples,
                                const global ulong *alike, const global float *b, int n) {
  if (!samples) {
    for (int s = 0; s < n; s++) rank_one(t, a + s * P, 1, b + s * P);
    return true;
  }
  ulong any = 0;
  for (int word = 0; word < WORDS(n); word++) {
    ulong left = first_samples(n - word * WORD) & samples[word];
    if (alike) {
      ulong some = 0;
      _Pragma("unroll") for (int g = 0; g < P / R; g++) some |= alike[g * WORDS(n) + word];
      left &= some;
    }
    any |= left;
    for (; left; left &= left - 1) {
      const int at = (word * WORD + SAMPLE(LOWEST(left))) * P;
      rank_one(t, a + at, 1, b + at);
    }
  }
  return any != 0;
}
