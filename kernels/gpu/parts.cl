// A product with a narrow matrix, of NARROW columns, added up as its left operand is made: whoever computes a tile of H
// multiplies its columns with their rows of N, and the reader adds up the tiles' parts in their order. So a layer of a
// few features needs no launch of its own.
//
//   parts[tile][row][o] = Σ over the tile's columns j of H[row][j] · N[j][o]
//
// Without NARROW all this is nothing.

#pragma once
#include "gpu/product.cl"

#define PART_AT(tile, row, o) (((tile)*ROUND_UP(batch, WHOLE) + (row)) * NARROW + (o))

#ifdef NARROW
#define LOCAL_PART(n) local float n[COLS * NARROW]
// N is a weight matrix [features][NARROW], or with N_ACROSS [NARROW][features].
#ifdef N_ACROSS
#define N_AT(features, j, o) AT(PAD(NARROW), o, j)
#else
#define N_AT(features, j, o) AT(PAD(features), j, o)
#endif
#define FETCH_PART(n, matrix, features)                                                                                \
  for (int i = ID; i < COLS * NARROW; i += GROUP) {                                                                    \
    const int j = PANEL * P + i / NARROW;                                                                              \
    n[i] = j < (features) ? matrix[N_AT(features, j, i % NARROW)] : 0.0f;                                              \
  }
// H takes the place of the sums that it was made of: an element's are read by nobody but its item.
#define KEEP_FOR_PART(tile, i, v) ((local float *)tile)[i] = v
// Each row begins one column further, so that items of different rows read different banks.
#define ADD_PART(tile, n, parts, batch)                                                                                \
  barrier(CLK_LOCAL_MEM_FENCE);                                                                                        \
  for (int i = ID; i < ROWS * NARROW; i += GROUP) {                                                                    \
    const int row = i / NARROW, o = i % NARROW;                                                                        \
    float sum = 0.0f;                                                                                                  \
    EACH(j_, COLS) {                                                                                                   \
      const int j = (row + j_) % COLS;                                                                                 \
      sum = fma(((local float *)tile)[row * COLS + j], n[j * NARROW + o], sum);                                        \
    }                                                                                                                  \
    parts[PART_AT(TILE_COL, ROW_TILE * ROWS + row, o)] = sum;                                                          \
  }
#else
#define LOCAL_PART(n)
#define FETCH_PART(n, matrix, features)
#define KEEP_FOR_PART(tile, i, v)
#define ADD_PART(tile, n, parts, batch)
#endif
