// What a layer's product reads as X: a matrix, or with GATHERED images of the data set, each row the one that the order
// names. Images of PIXELS pixels are few enough for a tile's rows of them to be held in local memory as they are: then
// the way to them, which is long, is gone once.

#pragma once
#include "gpu/pixels.cl"
#include "gpu/product.cl"

#ifdef GATHERED
#define INPUT(x) const global uchar *images, const global int *order
#define IMAGE_OF(row) order[RUN_START(run, nth, batch) + ((row) < batch ? (row) : 0)]
#define INPUT_AT(x, row, col, cols) ((col) < (cols) ? pixel(images, IMAGE_OF(row), col, cols) : 0.0f)
#else
#define INPUT(x) const global float *x
#define INPUT_AT(x, row, col, cols) x[AT(PAD(batch), row, col)]
#endif

// Quad number `at` of a slab.
#ifdef PIXELS
#define LOCAL_INPUT local uint4 held[ROWS * PIXELS / 16];
#define FETCH_INPUT                                                                                                    \
  for (int i = ID; i < ROWS * PIXELS / 16; i += GROUP)                                                                 \
    held[i] = ((const global uint4 *)images)[(size_t)IMAGE_OF(ROW_TILE * ROWS + i / (PIXELS / 16)) * (PIXELS / 16)     \
                                             + i % (PIXELS / 16)];                                                     \
  barrier(CLK_LOCAL_MEM_FENCE);
#define INPUT_ALONG(x, at, k0, cols) held_quad((const local uchar4 *)held, ROW_ALONG(at), K_ALONG(at, k0))
INLINE float4 held_quad(const local uchar4 *held, int row, int k) {
  const float4 v = convert_float4(held[(row * PIXELS + (k < PIXELS ? k : 0)) / 4]);
  return k < PIXELS ? SCALED(float4, v) : 0.0f;
}
#else
#define LOCAL_INPUT
#define FETCH_INPUT
#ifdef GATHERED
#define INPUT_ALONG(x, at, k0, cols)                                                                                   \
  pixel_quad(images, IMAGE_OF(ROW_TILE * ROWS + ROW_ALONG(at)), K_ALONG(at, k0), cols)
#else
#define INPUT_ALONG(x, at, k0, cols) along(x, PAD(batch), ROW_TILE * ROWS, at, k0, cols)
#endif
#endif
