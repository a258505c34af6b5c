// A product with a narrow matrix, of NARROW columns, added up as its left operand is made: whoever computes a tile of H
// multiplies its 32 columns with their 32 rows of N, and the reader adds up the panels' parts in their order. So a
// layer of a few features needs no launch of its own.
//
//   parts[panel][row][o] = Σ over the panel's columns j of H[row][j] · N[j][o]
//
// Without NARROW all this is nothing.

#pragma once
#include "gpu/product.cl"

#define PART_AT(panel, row, o) (((panel)*ROUND_UP(batch, P) + (row)) * NARROW + (o))

#ifdef NARROW
typedef struct {
  float h[ROWS * (P + 1)]; // the tile, rows one more than the banks of local memory apart
  float n[P * NARROW];
} Part;
#define LOCAL_PART(part) local Part part
// N is a weight matrix [features][NARROW], or with N_ACROSS [NARROW][features].
#ifdef N_ACROSS
#define N_AT(features, j, o) AT(PAD(NARROW), o, j)
#else
#define N_AT(features, j, o) AT(PAD(features), j, o)
#endif
#define FETCH_PART(part, matrix, features)                                                                             \
  for (int i = ID; i < P * NARROW; i += GROUP) {                                                                       \
    const int j = PANEL * P + i / NARROW;                                                                              \
    part.n[i] = j < (features) ? matrix[N_AT(features, j, i % NARROW)] : 0.0f;                                         \
  }
#define KEEP_FOR_PART(part, i, v) part.h[(i) / P * (P + 1) + (i) % P] = v
#define ADD_PART(part, parts, batch)                                                                                   \
  barrier(CLK_LOCAL_MEM_FENCE);                                                                                        \
  for (int i = ID; i < ROWS * NARROW; i += GROUP) {                                                                    \
    const int row = i / NARROW, o = i % NARROW;                                                                        \
    float sum = 0.0f;                                                                                                  \
    EACH(j, P) sum = fma(part.h[row * (P + 1) + j], part.n[j * NARROW + o], sum);                                      \
    parts[PART_AT(PANEL, ROW_TILE * ROWS + row, o)] = sum;                                                             \
  }
#else
#define LOCAL_PART(part)
#define FETCH_PART(part, matrix, features)
#define KEEP_FOR_PART(part, i, v)
#define ADD_PART(part, parts, batch)
#endif
