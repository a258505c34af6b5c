// The one layout of every matrix: column panels P wide, each panel stored row by row.
//
//   element (r, c) of a matrix lies at (c / P)·rows·P + r·P + c mod P
//
// where rows is the padded number of rows, PAD(n). Every dimension is padded to a multiple of WHOLE, which is one of a
// tile's height and width, so that a tile is read and written without a test at the edge; rows by one more where panels
// would else be a multiple of 4 KiB apart. What lies in the padding is never used: sums run to the true sizes.
// R rows of a panel are one contiguous block, whichever matrix they belong to.
//
// A matrix M may be kept transposed as well, as a panel matrix of its own: then it is called MT.

#pragma once
#include "lib/run.cl"

#ifndef P
#define P 32 // width of a panel, a power of two
#endif
#ifndef WHOLE
#define WHOLE P
#endif
#ifndef ALIASED
#define ALIASED 1024 // floats that lie so far apart meet in few sets of a cache
#endif

#define ROUND_UP(n, to) (((n) + (to)-1) / (to) * (to))
#define PAD(n) SPREAD(ROUND_UP(n, WHOLE))
#define SPREAD(rows) ((rows) + ((rows)*P % ALIASED == 0))
#define AT(rows, r, c) ((uint)(c) / P * (uint)(rows)*P + (uint)(r)*P + (uint)(c) % P)
