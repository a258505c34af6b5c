// The one layout of every matrix: column panels P wide, each panel stored row by row.
//
//   element (r, c) of a matrix lies at (c / P)·rows·P + r·P + c mod P
//
// where rows is the padded number of rows, PAD(n). R, the height of a tile, divides P, its width. Every dimension is
// padded to whole tiles, so that a tile is read and written without a test at the edge; rows by one more where panels
// would else be a multiple of 4 KiB apart. What lies in the padding is never used: sums run to the true sizes.
// A tile of R rows by P columns is one contiguous block, whichever matrix it belongs to.
//
// A matrix M may be kept transposed as well, as a panel matrix of its own: then it is called MT.

#pragma once

#ifndef P
#define P 32 // width of a panel and of a tile, a power of two
#endif
#ifndef ALIASED
#define ALIASED 1024 // floats that lie so far apart meet in few sets of a cache
#endif

#define ROUND_UP(n, to) (((n) + (to)-1) / (to) * (to))
#define PAD(n) SPREAD(ROUND_UP(n, P))
#define SPREAD(rows) ((rows) + ((rows)*P % ALIASED == 0))
#define AT(rows, r, c) ((uint)(c) / P * (uint)(rows)*P + (uint)(r)*P + (uint)(c) % P)

// What the host says of a run of batches; nth counts its batches from 0 and is the only argument that
// changes from launch to launch.
#define RUN_START(run, nth, batch) ((run)[0] + (nth) * (batch)) // first row in the order
#define RUN_SLOT(run, nth) ((run)[1] + (nth))                   // row in the slots
#define RUN_STEP(run, nth) ((uint)(run)[2] + (uint)(nth))       // step since training began
