// The sampling, the decoder's two layers and the loss on GPUs, in one launch. The hidden layer H = f(z · W3 + b3) is
// made of z, which is small, a slab at a time by every group that reads it. One group a tile of the logits.

#define GATHERED
#include "gpu/input.cl"
#include "gpu/loss_tile.cl"
#include "gpu/sample_rows.cl"
#include "lib/activation.cl"

#define ACTIVATE(NAME)                                                                                                 \
  if (activation == NAME) v = NAME##_OF(float4, v);
#define H_QUAD(at, k0) hidden(y, &l, hiddenW, hiddenB, ROW_ALONG(at), K_ALONG(at, k0), batch, in, activation)
#define W_QUAD(at, k0) down(w, PAD(in), PANEL, COLS, at, k0, in)

// H at a row of the tile, columns k … k+3; the first panel's groups keep it for the way back.
INLINE float4 hidden(global float *y, const local Sampled *l, const global float *w, const global float *bias,
                     int row, int k, int batch, int in, int activation) {
  const int at = k < in ? k : 0;
  float4 v = ((const global float4 *)bias)[at / 4];
  EACH(d, LATENT) {
    const float4 weight = ((const global float4 *)w)[AT(PAD(LATENT), d, at) / 4];
    const float z = l->z[row * LATENT + d];
    v = fma((float4)(z, z, z, z), weight, v);
  }
  EACH_ACTIVATION(ACTIVATE)
  if (PANEL == 0 && k < in) ((global float4 *)y)[AT(PAD(batch), ROW_TILE * ROWS + row, k) / 4] = v;
  return before(v, k, in);
}

GROUP_SIZE kernel void decode(global float *dL, global float *error, global float *y, global float *heads,
                              global float *eps, global float *z, global float *kl, const global float *parts,
                              const global float *headsB, const global float *hiddenW, const global float *hiddenB,
                              const global float *w, const global float *bias, const global uchar *images,
                              const global int *order, const global int *run, int nth, int batch, int panels, int in,
                              int out, int activation, int likelihood, uint stream, uint seedLow, uint seedHigh) {
  LOCAL_TILE(tile);
  local Sampled l;
  sample_rows(&l, parts, panels, headsB, order, run, nth, batch, 1, stream, 1, (uint2)(seedLow, seedHigh));
  if (PANEL == 0) keep_sampled(&l, heads, eps, z, kl, run, nth, batch);
  FETCH_TARGET(xs)
  PRODUCT_NN(tile, in, H_QUAD, W_QUAD);
  TILE_LOSS(tile, xs)
}
