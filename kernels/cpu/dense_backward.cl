// Dense layers on CPUs, the input's gradient, behind the activation that put X out:
//
//   dX[batch][in] = (dY · Wᵀ) ∘ f′(X)
//
// W is kept as [in][out], and this takes dot products of its rows with those of dY.

#include "cpu/nonzero.cl"

#define ROWS 4    // rows of W at a time, which stay in the first cache while dY's pass by; their sums are a float4
#define SAMPLES 3 // rows of dY at a time
#ifndef FEW
#define FEW (P < 16 ? P : 16) // features of Y up to which dot products are too short
#endif

// ROWS·SAMPLES accumulators, SAMPLES vectors and a product fill the 16 registers that processors have at the least.
#define EACH_W _Pragma("unroll") for (int r = 0; r < ROWS; r++)
#define EACH_SAMPLE _Pragma("unroll") for (int s = 0; s < SAMPLES; s++)

// t += ROWS rows of W times SAMPLES rows of dY, lane by lane; columns c … c + V − 1, of which `left` are there.
INLINE void multiply_lanes(vec t[SAMPLES][ROWS], const global float *w, const global float *dy[SAMPLES], int c,
                           int left) {
  const JOIN(int, V) there = LANE < left;
  vec g[SAMPLES];
  EACH_SAMPLE g[s] = left < V ? there ? CONST_VEC(dy[s] + c) : (vec)0.0f : CONST_VEC(dy[s] + c);
  EACH_W {
    const vec row = CONST_VEC(w + r * P + c);
    EACH_SAMPLE t[s][r] = fma(left < V ? there ? row : (vec)0.0f : row, g[s], t[s][r]);
  }
}

// On through the activation: ROWS features of a sample, or a tile.
#define GATE_SUMS(NAME)                                                                                                \
  if (activation == NAME) sums = NAME##_BACK(float4, *(const global float4 *)(x + to), sums);
#define GATE_TILE(NAME)                                                                                                \
  if (activation == NAME)                                                                                              \
    EACH_ROW EACH_VEC t[r][v] = NAME##_BACK(vec, CONST_VEC(x + at + r * P + v * V), t[r][v]);

// dX = (dY · Wᵀ) ∘ f′(X). One work-item does R features of the samples of a word: each a dot product, along the lanes
// of a vector and then over them, so that any samples can come together.
// Where xSamples are not null, X is a relu's output and zero in all samples that are not among them; so is dX then. x
// may be null where there is no activation.
SINGLE KERNEL dense_backward(WORK_ITEM global float *dx, const global float *dy, const global float *x,
                             const global ulong *xSamples, const global float *w, int batch, int in, int out,
                             int activation) {
  const int row = item1 * R, first = item0 * WORD, at = AT(PAD(batch), first, row);
  const ulong all = first_samples(batch - first), some = xSamples ? all & xSamples[item1 * WORDS(batch) + item0] : all;
  for (ulong rest = all & ~some; rest; rest &= rest - 1) VECR(dx + at + SAMPLE(LOWEST(rest)) * P) = 0.0f;
  for (int r0 = 0; r0 < R; r0 += ROWS)
    for (ulong left = some; left;) {
      int sample[SAMPLES];
      const global float *g[SAMPLES], *wk = w + (row + r0) * P;
      EACH_SAMPLE {
        sample[s] = left ? SAMPLE(LOWEST(left)) : sample[0];
        g[s] = dy + (first + sample[s]) * P;
        left &= left - 1;
      }
      vec t[SAMPLES][ROWS];
      EACH_SAMPLE EACH_W t[s][r] = 0.0f;
      for (int k = 0; k < out / P; k++) {
        _Pragma("unroll") for (int c = 0; c < P; c += V) multiply_lanes(t, wk, g, c, V);
        wk += PAD(in) * P;
        EACH_SAMPLE g[s] += PAD(batch) * P;
      }
      for (int c = 0; c < out % P; c += V) multiply_lanes(t, wk, g, c, out % P - c);
      EACH_SAMPLE {
        float4 sums = (float4)(LANE_SUM(t[s][0]), LANE_SUM(t[s][1]), LANE_SUM(t[s][2]), LANE_SUM(t[s][3]));
        const int to = at + sample[s] * P + r0;
        EACH_ACTIVATION(GATE_SUMS)
        *(global float4 *)(dx + to) = sums;
      }
    }
}

// The same where Y has few features: Wᵀ is at hand, and what would be a short dot product becomes a sum of long rows.
// One work-item a panel of dX, out ≤ FEW.
SINGLE KERNEL dense_backward_few(WORK_ITEM global float *dx, const global float *dy, const global float *x,
                                 const global float *w, int batch, int in, int out, int activation) {
  const int panel = item1;
  vec wT[FEW][NV];
  for (int o = 0; o < out; o++)
    for (int c = 0; c < P; c++) ((float *)wT[o])[c] = w[(panel * P + c) * P + o];
  for (int row = 0; row < batch; row += R) {
    const int at = (panel * PAD(batch) + row) * P;
    vec t[R][NV];
    EACH_ROW EACH_VEC t[r][v] = 0.0f;
    for (int o = 0; o < out; o++) EACH_ROW EACH_VEC t[r][v] = fma((vec)(dy[(row + r) * P + o]), wT[o][v], t[r][v]);
    EACH_ACTIVATION(GATE_TILE)
    store(dx + at, t);
  }
}
