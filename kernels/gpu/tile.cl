// Tiles of dense layers on GPUs: a work-group of GROUP items computes ROWS rows by TILE_PANELS panels of 32 columns.
// Where there are few tiles for many processors, the terms of the sums are shared out among SLICES slices of the group.
// Each item holds ITEM_ROWS rows by four columns of every panel of its slice's sums; in the end all slices' sums lie in
// local memory, tile behind tile, and the items add up some elements each, in the order of the slices.

#pragma once
#include "lib/panel.cl"

#ifndef GROUP
#define GROUP 256 // work-items of a work-group, a power of two of at least 16
#endif
#include "lib/group.cl"

#ifndef BATCH_ROWS
#define BATCH_ROWS 16 // rows of a tile whose rows are samples
#endif
#ifndef TILE_PANELS
#define TILE_PANELS 1
#endif
#define COLS (TILE_PANELS * P)
#ifndef ROWS
#define ROWS BATCH_ROWS // rows of a tile; weights have P
#endif
#ifndef SLAB
#define SLAB 64 // terms of a slab
#endif

#ifndef LEAST_ROWS
#define LEAST_ROWS 4 // rows that an item holds at least, a multiple of 4; more leave more slices
#endif

#define PANEL_QUADS (P / 4)  // of a panel's row
#define QUADS (COLS / 4)     // of a tile's row
#define ITEM_ROWS LARGER(ROWS *PANEL_QUADS / GROUP, LEAST_ROWS)
#define APART (ROWS / ITEM_ROWS) // items along a column of the tile
#define ITEMS (APART * PANEL_QUADS)
#define SLICES (GROUP / ITEMS)
#define LEAD (SLAB / 4 + 1) // quads from row to row where k runs along it: each begins four banks further

#ifdef SUB_GROUP // Intel's compilers take as many items at once as they can, and may then have too few registers
#define SUB_GROUP_SIZE __attribute__((intel_reqd_sub_group_size(SUB_GROUP)))
#else
#define SUB_GROUP_SIZE
#endif
#define GROUP_SIZE __attribute__((reqd_work_group_size(GROUP, 1, 1))) SUB_GROUP_SIZE
#define ID ((int)get_local_id(0))
#define ITEM (ID % ITEMS)
#define SLICE (ID / ITEMS)
#define ITEM_ROW (ITEM / PANEL_QUADS)
#define ITEM_QUAD (ITEM % PANEL_QUADS)
#define ROW_TILE ((int)get_group_id(0))
#define TILE_COL ((int)get_group_id(1))
#define PANEL (TILE_COL * TILE_PANELS) // the tile's first

#define UNROLL _Pragma("unroll")
#define EACH(i, n) UNROLL for (int i = 0; i < (n); i++)
#define LARGER(a, b) ((a) > (b) ? (a) : (b))

// The tile's local memory: a slab of both operands, then the sums of all slices.
#define A_ALONG (ROWS * (SLAB / 4)) // quads of a slab of A where k runs along its rows
#define A_DOWN (SLAB * (ROWS / 4))  // and where it runs down its columns
#define B_ALONG (COLS * (SLAB / 4))
#define B_DOWN (SLAB * QUADS)
#define LOCAL_TILE(NAME) local float4 NAME[LARGER((ROWS + COLS) * LEAD, SLICES * ROWS * QUADS)]

// The tile's elements are dealt out to the group: i counts them row by row.
#define EACH_ELEMENT(i) EACH_OF_GROUP for (int i = ID; i < ROWS * COLS; i += GROUP)
#define ELEMENT_ROW(i) (ROW_TILE * ROWS + (i) / COLS)
#define ELEMENT_COL(i) (PANEL * P + (i) % COLS)
#define ELEMENT_AT(i, rows) /* in a matrix of so many padded rows */                                                   \
  ((PANEL + (i) % COLS / P) * (rows)*P + (ROW_TILE * ROWS + (i) / COLS) * P + (i) % P)

// The same where something was fetched before for each of an item's elements, if they are few: j counts those of the
// item.
#define SHARE(count) (((count) + GROUP - 1) / GROUP) // of so many, what an item gets
#define EACH_OF_ITEM(j, i) EACH_OF_GROUP for (int j = 0, i = ID; i < ROWS * COLS; j++, i += GROUP)
#if TILE_PANELS == 1
#define EACH_OF_GROUP UNROLL
#define FETCH_EACH(xs, VALUE)                                                                                          \
  float xs[SHARE(ROWS * COLS)];                                                                                        \
  EACH_OF_ITEM(j, i) xs[j] = VALUE(i);
#define FETCHED(xs, VALUE, j, i) xs[j]
#else
#define EACH_OF_GROUP _Pragma("unroll 4")
#define FETCH_EACH(xs, VALUE)
#define FETCHED(xs, VALUE, j, i) VALUE(i)
#endif

// A quad that begins at k, with zeros from `end` on.
static inline float4 before(float4 v, int k, int end) {
  v.x = k < end ? v.x : 0.0f;
  v.y = k + 1 < end ? v.y : 0.0f;
  v.z = k + 2 < end ? v.z : 0.0f;
  v.w = k + 3 < end ? v.w : 0.0f;
  return v;
}

// An element, or a quad of elements, with the slices added up in their order.
INLINE float total(const local float4 *tile, int i) {
  float sum = ((const local float *)tile)[i];
  EACH(slice, SLICES - 1) sum += ((const local float *)tile)[(slice + 1) * ROWS * COLS + i];
  return sum;
}
INLINE float4 total_quad(const local float4 *tile, int i) {
  float4 sum = tile[i];
  EACH(slice, SLICES - 1) sum += tile[(slice + 1) * ROWS * QUADS + i];
  return sum;
}
