// The gradient of a tile of weights, and of its panel of biases, on GPUs: gpu/product.cl says how.

#pragma once
#include "gpu/product.cl"

#define X_QUAD(at, k0) down(x, PAD(batch), tileRow * TILE_PANELS, ROWS, at, k0, batch)
#define DY_QUAD(at, k0) down(dy, PAD(batch), panel, COLS, at, k0, batch)

// Σ dY over the batch for the tile's columns: each item adds some samples of a column, then items j < COLS their parts.
#define STRIDES (GROUP / COLS > 0 ? GROUP / COLS : 1)
#define EACH_BIAS(j) for (int j = ID; j < COLS; j += GROUP)
#define BIAS_PARTS(parts, batch, DY)                                                                                   \
  for (int i = ID; i < COLS * STRIDES; i += GROUP) {                                                                   \
    float sum = 0.0f;                                                                                                  \
    for (int s = i / COLS; s < (batch); s += STRIDES) sum += DY(s, i % COLS);                                          \
    parts[i] = sum;                                                                                                    \
  }
#define DY(s, c) dy[(panel + (c) / P) * PAD(batch) * P + (s)*P + (c) % P]
INLINE float bias_total(const local float *parts, int j) {
  float sum = parts[j];
  EACH(i, STRIDES - 1) sum += parts[(i + 1) * COLS + j];
  return sum;
}
