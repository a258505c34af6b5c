// Images on GPUs: a batch is never brought together, its pixels are read where they lie in the data set.

#pragma once
#include "gpu/tile.cl"
#include "lib/pixel.cl"
#include "lib/run.cl"

// Pixels i … i+3 of an image of `count`; zeros behind its end.
static inline float4 pixel_quad(const global uchar *images, int image, int i, int count) {
  const size_t at = (size_t)image * count + (i < count ? i : 0);
  uchar4 p;
  if (count % 4 == 0)
    p = ((const global uchar4 *)images)[at / 4];
  else {
    p.x = images[at];
    p.y = images[at + (i + 1 < count ? 1 : 0)];
    p.z = images[at + (i + 2 < count ? 2 : 0)];
    p.w = images[at + (i + 3 < count ? 3 : 0)];
  }
  const float4 v = convert_float4(p);
  return before(SCALED(float4, v), i, count);
}

static inline float pixel(const global uchar *images, int image, int i, int count) {
  const float p = images[(size_t)image * count + i];
  return SCALED(float, p);
}
