// Where element (r, c) of a matrix lies, for kernels that serve every tiling: row by row, or with PANELS in the panels
// of lib/panel.cl. Four columns from a multiple of four on lie side by side in both.

#pragma once
#include "lib/panel.cl"

#ifdef PANELS
#define ELEMENT(rows, cols, r, c) AT(PAD(rows), r, c)
#else
#define ELEMENT(rows, cols, r, c) ((r) * (cols) + (c))
#endif
