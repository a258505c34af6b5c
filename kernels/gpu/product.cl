// Products of dense layers on GPUs. W is kept as [in][out], and three forms of one product serve all passes:
//
//   NN  forward          Y[batch][out] = X · W     k runs along X's rows, down W's columns
//   NT  input gradient   dX[batch][in] = dY · Wᵀ   k runs along the rows of both
//   TN  weight gradient  dW[in][out]   = Xᵀ · dY   k, the sample, runs down the columns of both
//
// A work-group walks the sum of its tile (gpu/tile.cl) in slabs of SLAB terms, brought into local memory in quads of
// four floats; the next slab is on its way into registers while this one is computed. The same sums are added in the
// same order on every run: nothing is added atomically.

#pragma once
#include "gpu/tile.cl"

// Quad number `at` of the slab that begins at k0, where k runs along rows: its row of the tile, and its first k.
#define ROW_ALONG(at) ((at) / (SLAB / 4))
#define K_ALONG(at, k0) ((k0) + (at) % (SLAB / 4) * 4)

// That quad of a matrix in panels, whose row `first` is the tile's first. Zeros from k = `terms` on.
static inline float4 along(const global float *m, int rows, int first, int at, int k0, int terms) {
  const int k = K_ALONG(at, k0);
  return before(((const global float4 *)m)[AT(rows, first + ROW_ALONG(at), k < terms ? k : 0) / 4], k, terms);
}

// The same where k runs down panels, the tile's `width` columns in the panels from `panel` on.
static inline float4 down(const global float *m, int rows, int panel, int width, int at, int k0, int terms) {
  const int k = k0 + at / (width / 4), q = at % (width / 4);
  const global float4 *quads = (const global float4 *)m + (panel + q / PANEL_QUADS) * rows * PANEL_QUADS;
  const float4 v = quads[(k < terms ? k : 0) * PANEL_QUADS + q % PANEL_QUADS];
  return k < terms ? v : 0.0f;
}

// Quads of a slab, dealt out to the group: an item's share of them goes from FETCH's registers into local memory.
#define DEALT(at, count) ((count) % GROUP == 0 || (at) < (count))
#define FETCH(next, count, OPERAND, k0)                                                                                \
  EACH(i_, SHARE(count)) {                                                                                             \
    const int at_ = ID + i_ * GROUP;                                                                                   \
    if (DEALT(at_, count)) next[i_] = OPERAND(at_, k0);                                                                \
  }
#define DELIVER(place, next, count, PLACE)                                                                             \
  EACH(i_, SHARE(count)) {                                                                                             \
    const int at_ = ID + i_ * GROUP;                                                                                   \
    if (DEALT(at_, count)) (place)[PLACE(at_)] = next[i_];                                                             \
  }
#define CLOSE(at) (at)
#define LED(at) ((at) + (at) / (SLAB / 4))

// tile = A · B over k < terms, slab by slab: the sums of every slice, tile behind tile. A(at, k0) and B(at, k0) are the
// operands' quads.
#define PRODUCT(tile, terms, a_count, A, A_PLACE, a_size, b_count, B, B_PLACE, TERMS, SPREAD)                          \
  do {                                                                                                                 \
    local float4 *la = tile, *lb = tile + (a_size);                                                                    \
    float4 t[ITEM_ROWS * TILE_PANELS], nextA[SHARE(a_count)], nextB[SHARE(b_count)];                                   \
    EACH(m, ITEM_ROWS * TILE_PANELS) t[m] = 0.0f;                                                                      \
    FETCH(nextB, b_count, B, 0)                                                                                        \
    FETCH(nextA, a_count, A, 0)                                                                                        \
    for (int k0_ = 0; k0_ < (terms); k0_ += SLAB) {                                                                    \
      DELIVER(la, nextA, a_count, A_PLACE)                                                                             \
      DELIVER(lb, nextB, b_count, B_PLACE)                                                                             \
      barrier(CLK_LOCAL_MEM_FENCE);                                                                                    \
      if (k0_ + SLAB < (terms)) {                                                                                      \
        FETCH(nextB, b_count, B, k0_ + SLAB)                                                                           \
        FETCH(nextA, a_count, A, k0_ + SLAB)                                                                           \
      }                                                                                                                \
      TERMS(t, la, lb)                                                                                                 \
      barrier(CLK_LOCAL_MEM_FENCE);                                                                                    \
    }                                                                                                                  \
    SPREAD(t, tile)                                                                                                    \
    barrier(CLK_LOCAL_MEM_FENCE);                                                                                      \
  } while (0)

// A slice's part of a slab. t[m][n] has row m of an item's, and its four columns of panel n.
#define SLICE_QUADS (SLAB / 4 / SLICES)
#define AT_OF_ITEM(m, n) ((m)*TILE_PANELS + (n))
#define TERMS_NN(t, la, lb)                                                                                            \
  EACH(j_, SLICE_QUADS) {                                                                                              \
    const int k4 = SLICE * SLICE_QUADS + j_;                                                                           \
    EACH(n, TILE_PANELS) {                                                                                             \
      const local float4 *b_ = lb + 4 * k4 * QUADS + n * PANEL_QUADS + ITEM_QUAD;                                      \
      const float4 b0 = b_[0], b1 = b_[QUADS], b2 = b_[2 * QUADS], b3 = b_[3 * QUADS];                                 \
      EACH(m, ITEM_ROWS) {                                                                                             \
        const float4 a = la[(ITEM_ROW + APART * m) * LEAD + k4];                                                       \
        float4 *sum = t + AT_OF_ITEM(m, n);                                                                            \
        *sum = fma(a.wwww, b3, fma(a.zzzz, b2, fma(a.yyyy, b1, fma(a.xxxx, b0, *sum))));                               \
      }                                                                                                                \
    }                                                                                                                  \
  }
#define DOT(sum, a, b) sum = fma(a.w, b.w, fma(a.z, b.z, fma(a.y, b.y, fma(a.x, b.x, sum))))
#define TERMS_NT(t, la, lb)                                                                                            \
  EACH(j_, SLICE_QUADS) {                                                                                              \
    const int k4 = SLICE * SLICE_QUADS + j_;                                                                           \
    EACH(n, TILE_PANELS) {                                                                                             \
      const local float4 *b_ = lb + (n * P + ITEM_QUAD) * LEAD + k4;                                                   \
      const float4 b0 = b_[0], b1 = b_[PANEL_QUADS * LEAD];                                                            \
      const float4 b2 = b_[2 * PANEL_QUADS * LEAD], b3 = b_[3 * PANEL_QUADS * LEAD];                                   \
      EACH(m, ITEM_ROWS) {                                                                                             \
        const float4 a = la[(ITEM_ROW + APART * m) * LEAD + k4];                                                       \
        float4 *sum = t + AT_OF_ITEM(m, n);                                                                            \
        DOT(sum->x, a, b0);                                                                                            \
        DOT(sum->y, a, b1);                                                                                            \
        DOT(sum->z, a, b2);                                                                                            \
        DOT(sum->w, a, b3);                                                                                            \
      }                                                                                                                \
    }                                                                                                                  \
  }
#define TERMS_TN(t, la, lb)                                                                                            \
  _Pragma("unroll 4") for (int k = SLICE * (SLAB / SLICES); k < (SLICE + 1) * (SLAB / SLICES); k++) {                  \
    EACH(n, TILE_PANELS) {                                                                                             \
      const float4 b = lb[k * QUADS + n * PANEL_QUADS + ITEM_QUAD];                                                    \
      EACH(q, ITEM_ROWS / 4) {                                                                                         \
        const float4 a = la[k * (ROWS / 4) + ITEM_ROW + APART * q];                                                    \
        t[AT_OF_ITEM(4 * q, n)] = fma(a.xxxx, b, t[AT_OF_ITEM(4 * q, n)]);                                             \
        t[AT_OF_ITEM(4 * q + 1, n)] = fma(a.yyyy, b, t[AT_OF_ITEM(4 * q + 1, n)]);                                     \
        t[AT_OF_ITEM(4 * q + 2, n)] = fma(a.zzzz, b, t[AT_OF_ITEM(4 * q + 2, n)]);                                     \
        t[AT_OF_ITEM(4 * q + 3, n)] = fma(a.wwww, b, t[AT_OF_ITEM(4 * q + 3, n)]);                                     \
      }                                                                                                                \
    }                                                                                                                  \
  }

// Puts every slice's sums into local memory, tile behind tile.
#define EACH_SUM EACH(m, ITEM_ROWS) EACH(n, TILE_PANELS)
#define SPREAD_NN(t, tile)                                                                                             \
  EACH_SUM tile[(SLICE * ROWS + ITEM_ROW + APART * m) * QUADS + n * PANEL_QUADS + ITEM_QUAD] = t[AT_OF_ITEM(m, n)];
#define SPREAD_NT(t, tile)                                                                                             \
  EACH_SUM {                                                                                                           \
    local float *to = (local float *)tile + (SLICE * ROWS + ITEM_ROW + APART * m) * COLS + n * P + ITEM_QUAD;          \
    to[0] = t[AT_OF_ITEM(m, n)].x;                                                                                     \
    to[PANEL_QUADS] = t[AT_OF_ITEM(m, n)].y;                                                                           \
    to[2 * PANEL_QUADS] = t[AT_OF_ITEM(m, n)].z;                                                                       \
    to[3 * PANEL_QUADS] = t[AT_OF_ITEM(m, n)].w;                                                                       \
  }
#define SPREAD_TN(t, tile)                                                                                             \
  EACH_SUM tile[(SLICE * ROWS + 4 * (ITEM_ROW + APART * (m / 4)) + m % 4) * QUADS + n * PANEL_QUADS + ITEM_QUAD] =     \
      t[AT_OF_ITEM(m, n)];

#define PRODUCT_NN(tile, terms, A, B)                                                                                  \
  PRODUCT(tile, terms, A_ALONG, A, LED, ROWS * LEAD, B_DOWN, B, CLOSE, TERMS_NN, SPREAD_NN)
#define PRODUCT_NT(tile, terms, A, B)                                                                                  \
  PRODUCT(tile, terms, A_ALONG, A, LED, ROWS * LEAD, B_ALONG, B, LED, TERMS_NT, SPREAD_NT)
#define PRODUCT_TN(tile, terms, A, B)                                                                                  \
  PRODUCT(tile, terms, A_DOWN, A, CLOSE, A_DOWN, B_DOWN, B, CLOSE, TERMS_TN, SPREAD_TN)
