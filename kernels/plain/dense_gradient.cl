// The gradients of a layer's parameters: dw[o][i] = Σₛ dy[s][o]·x[s][i] and db[o] = Σₛ dy[s][o]. One work-item
// a weight.

kernel void dense_gradient(global float *dw, global float *db, const global float *dy, const global float *x, int batch,
                           int in, int out) {
  const int i = get_global_id(0), o = get_global_id(1);
  if (i >= in) return;
  float g = 0.0f, bias = 0.0f;
  for (int s = 0; s < batch; s++) {
    g += dy[s * out + o] * x[s * in + i];
    bias += dy[s * out + o];
  }
  dw[o * in + i] = g;
  if (i == 0) db[o] = bias;
}
