// The gradient of a tile of weights, and of its panel of biases, on GPUs: gpu/product.cl says how.

#pragma once
#include "gpu/product.cl"

#define X_QUAD(at, k0) down(x + tileRow * PAD(batch) * P, at, k0, batch)
#define DY_QUAD(at, k0) down(dy + panel * PAD(batch) * P, at, k0, batch)

// Σ dY over the batch for the panel's columns: every item adds some samples of a column, then items j < P their parts.
#define STRIDES (GROUP / P > 0 ? GROUP / P : 1)
#define EACH_BIAS(j) for (int j = ID; j < P; j += GROUP)
#define BIAS_PARTS(parts, batch, DY)                                                                                   \
  for (int i = ID; i < P * STRIDES; i += GROUP) {                                                                      \
    float sum = 0.0f;                                                                                                  \
    for (int s = i / P; s < (batch); s += STRIDES) sum += DY(s, i % P);                                                \
    parts[i] = sum;                                                                                                    \
  }
#define DY(s, c) dy[panel * PAD(batch) * P + (s)*P + (c)]
INLINE float bias_total(const local float *parts, int j) {
  float sum = parts[j];
  EACH(i, STRIDES - 1) sum += parts[(i + 1) * P + j];
  return sum;
}
