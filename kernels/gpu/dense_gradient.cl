// Dense layers on GPUs, the weights' gradient: dW[in][out] = Xᵀ · dY, db[out] = Σ dY over the batch.

#define ROWS COLS // rows of a tile: panels of X
#include "gpu/gradient.cl"

GROUP_SIZE kernel void dense_gradient(global float *dw, global float *db, const global float *x,
                                      const global float *dy, int batch, int in) {
  LOCAL_TILE(tile);
  local float parts[COLS * STRIDES];
  const int tileRow = ROW_TILE, panel = PANEL;
  BIAS_PARTS(parts, tileRow == 0 ? batch : 0, DY)
  PRODUCT_TN(tile, batch, X_QUAD, DY_QUAD);
  if (tileRow == 0) EACH_BIAS(j) db[panel * P + j] = bias_total(parts, j);
  EACH_ELEMENT(i) dw[ELEMENT_AT(i, PAD(in))] = total(tile, i);
}
