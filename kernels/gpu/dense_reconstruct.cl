// The decoder's last layer with the loss on GPUs: logit = X · W + b, recon = sigmoid(logit), the error and dL, its
// derivative by logit (lib/likelihood.cl) times the loss's weight. Each group keeps its tile's part of the error.

#include "gpu/input.cl"
#include "gpu/loss_tile.cl"

#define X_QUAD(at, k0) along(x, PAD(batch), ROW_TILE * ROWS, at, k0, in)
#define W_QUAD(at, k0) down(w, PAD(in), PANEL, COLS, at, k0, in)

GROUP_SIZE kernel void dense_reconstruct(global float *dL, global float *error, INPUT(target), const global float *x,
                                         const global float *w, const global float *bias, const global int *run,
                                         int nth, int batch, int in, int out, int likelihood) {
  LOCAL_TILE(tile);
  FETCH_TARGET(xs)
  PRODUCT_NN(tile, in, X_QUAD, W_QUAD);
  TILE_LOSS(tile, xs)
}
