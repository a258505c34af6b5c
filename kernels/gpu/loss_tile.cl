// The loss of a tile of logits, whose sums without bias lie in local memory (gpu/product.cl). Where an item then puts
// its part of the loss, nobody but it has read.

#pragma once
#include "gpu/input.cl"
#include "lib/group.cl"
#include "lib/likelihood.cl"

#define ELEMENT_LOSS(NAME)                                                                                             \
  if (likelihood == NAME) {                                                                                            \
    if (row < batch && col < out) sum += NAME##_VALUE(float, logit, recon, x_);                                        \
    dL[ELEMENT_AT(i, PAD(batch))] = scale * NAME##_GRADIENT(float, logit, recon, x_);                                  \
  }
// x of an item's elements, ahead of the product.
#define TARGET(i) INPUT_AT(target, ELEMENT_ROW(i), ELEMENT_COL(i), out)
#define FETCH_TARGET(xs) FETCH_EACH(xs, TARGET)
#define TILE_LOSS(tile, xs)                                                                                            \
  const float scale = RUN_SCALE(run);                                                                                  \
  float sum = 0.0f;                                                                                                    \
  EACH_OF_ITEM(j, i) {                                                                                                 \
    const int row = ELEMENT_ROW(i), col = ELEMENT_COL(i);                                                              \
    const float logit = total(tile, i) + bias[col], recon = SIGMOID_OF(float, logit);                                  \
    const float x_ = FETCHED(xs, TARGET, j, i);                                                                        \
    EACH_LIKELIHOOD(ELEMENT_LOSS)                                                                                      \
  }                                                                                                                    \
  const float lost = group_sum((local float *)tile, sum);                                                              \
  const int groups = get_num_groups(0) * get_num_groups(1);                                                            \
  if (ID == 0) error[RUN_SLOT(run, nth) * groups + ROW_TILE * (int)get_num_groups(1) + TILE_COL] = lost;
