// The end of a step on GPUs: the gradients of LAYERS dense layers, each spent at once in Adam's step on its weights and
// biases, so that no gradient reaches memory. One launch: the layers share its groups, a tile each. They are the same
// to a group but for where it reads and writes.

#define ROWS COLS // rows of a tile: panels of X
#include "gpu/gradient.cl"
#include "gpu/pixels.cl"
#include "lib/adam.cl"

#ifndef LAYERS
#define LAYERS 4 // at most 8
#endif

#define EACH_OF_1(X) X(0)
#define EACH_OF_2(X) EACH_OF_1(X) X(1)
#define EACH_OF_3(X) EACH_OF_2(X) X(2)
#define EACH_OF_4(X) EACH_OF_3(X) X(3)
#define EACH_OF_5(X) EACH_OF_4(X) X(4)
#define EACH_OF_6(X) EACH_OF_5(X) X(5)
#define EACH_OF_7(X) EACH_OF_6(X) X(6)
#define EACH_OF_8(X) EACH_OF_7(X) X(7)
#define EACH_OF(n, X) EACH_OF_(n, X)
#define EACH_OF_(n, X) EACH_OF_##n(X)

// Layer n: X [batch][in], dY [batch][out], weights and biases with their moments, and its first group.
#define LAYER(n)                                                                                                       \
  global float *w##n, global float *wM##n, global float *wV##n, global float *b##n, global float *bM##n,               \
      global float *bV##n, const global float *x##n, const global float *dy##n, int in##n, int first##n,
#define CHOOSE(n)                                                                                                      \
  if (group >= first##n) {                                                                                             \
    w = w##n, wM = wM##n, wV = wV##n, b = b##n, bM = bM##n, bV = bV##n;                                                \
    x = x##n, dy = dy##n, in = in##n, first = first##n, layer = n;                                                     \
  }

// With GATHERED, layer 0 reads images of the data set.
#ifdef GATHERED
#define IMAGES const global uchar *images, const global int *order,
#define LEFT_QUAD(at, k0) (layer == 0 ? PIXEL_QUAD((k0) + (at) / QUADS, (at) % QUADS) : X_QUAD(at, k0))
#define PIXEL_QUAD(s, q)                                                                                               \
  pixel_quad(images, order[RUN_START(run, nth, batch) + ((s) < batch ? (s) : 0)], tileRow * ROWS + 4 * (q),            \
             (s) < batch ? in : 0)
#else
#define IMAGES
#define LEFT_QUAD X_QUAD
#endif

// With BACK_ROWS, the batch in whole tiles, layer 0 is the encoder's one layer and layer 1 the heads: what is dY to
// them is made here of the parts of dz (gpu/latent_back.cl), since it is little, and left in dh, dHeads and dz too.
// headsW is a copy of layer 1's weights as they were. Tiles are one panel wide then.
#ifdef BACK_ROWS
#include "gpu/latent_back.cl"
#define WAY_BACK                                                                                                       \
  global float *dh, global float *dHeads, global float *dz, const global float *parts, const global float *heads,      \
      const global float *noise, const global float *headsW, int panels, int activation, float freeBits,
#define HIDDEN (x1 + panel * PAD(batch) * P)
#define RIGHT_QUAD(at, k0)                                                                                             \
  (layer == 0   ? hidden_back_quad(back, columns, HIDDEN, (k0) + (at) / QUADS, (at) % QUADS, batch, activation)        \
   : layer == 1 ? heads_back_quad(back, (k0) + (at) / QUADS, (at) % QUADS, batch)                                      \
                : DY_QUAD(at, k0))
#define RIGHT(s, c)                                                                                                    \
  (layer == 0   ? hidden_back(back, columns, HIDDEN, s, c, activation)                                                 \
   : layer == 1 ? heads_back(back, s, c)                                                                               \
                : DY(s, c))
#else
#define WAY_BACK
#define RIGHT_QUAD DY_QUAD
#define RIGHT DY
#endif

GROUP_SIZE kernel void update(EACH_OF(LAYERS, LAYER) WAY_BACK IMAGES const global int *run,
                              const global float2 *rates, int nth, float keep1, float keep2, float eps, int batch) {
  LOCAL_TILE(tile);
  local float biasParts[COLS * STRIDES];
  const int group = get_group_id(0);
  global float *w, *wM, *wV, *b, *bM, *bV;
  const global float *x, *dy;
  int in, first, layer;
  EACH_OF(LAYERS, CHOOSE)
  const int tilesDown = (in + ROWS - 1) / ROWS, tileRow = (group - first) % tilesDown;
  const int panel = (group - first) / tilesDown * TILE_PANELS;
  const float2 rate = rates[nth];
#ifdef BACK_ROWS
  local float back[BACK_ROWS * HEADS], columns[P * HEADS];
  const int keeps = layer == 0 && tileRow == 0;
  back_rows(back, 0, layer <= 1 ? batch : 0, parts, panels, heads, noise, run, batch, freeBits, keeps && panel == 0, dz,
            dHeads);
  fetch_columns(columns, headsW, layer == 0 ? panel : 0, in1);
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int i = ID; i < (keeps ? batch * P : 0); i += GROUP) dh[panel * PAD(batch) * P + i] = RIGHT(i / P, i % P);
#endif
  BIAS_PARTS(biasParts, tileRow == 0 ? batch : 0, RIGHT)
  PRODUCT_TN(tile, batch, LEFT_QUAD, RIGHT_QUAD);
  if (tileRow == 0) EACH_BIAS(j) {
      const int i = panel * P + j;
      float bias = b[i], m = bM[i], v = bV[i];
      const float g = bias_total(biasParts, j);
      ADAM_UPDATE(bias, m, v, g);
      b[i] = bias;
      bM[i] = m;
      bV[i] = v;
    }
  EACH_OF_GROUP for (int i = ID; i < ROWS * QUADS; i += GROUP) {
    const int ofPanel = (panel + i % QUADS / PANEL_QUADS) * PAD(in) * PANEL_QUADS;
    const int at = ofPanel + (tileRow * ROWS + i / QUADS) * PANEL_QUADS + i % PANEL_QUADS;
    float4 value = ((global float4 *)w)[at], mean = ((global float4 *)wM)[at], square = ((global float4 *)wV)[at];
    const float4 g = total_quad(tile, i);
    ADAM_UPDATE(value, mean, square, g);
    ((global float4 *)w)[at] = value;
    ((global float4 *)wM)[at] = mean;
    ((global float4 *)wV)[at] = square;
  }
}
