// Dense layers on CPUs, the input's gradient, behind the activation that put X out:
//
//   dX[batch][in] = (dY · Wᵀ) ∘ f′(X)
//
// W is kept as [in][out], and this takes dot products of its rows with those of dY.

#include "cpu/tile.cl"

#ifndef SAMPLES
#define SAMPLES (V == 16 ? 2 : 3) // samples at a time; see below what must fit the registers
#endif
#ifndef FEW
#define FEW (P < 16 ? P : 16) // features of Y up to which dot products are too short
#endif

// R·SAMPLES accumulators, SAMPLES vectors and a product must fit the registers, 32 of them or 16.
#define EACH_SAMPLE _Pragma("unroll") for (int s = 0; s < SAMPLES; s++)

// t += R rows of W times SAMPLES rows of dY, lane by lane; columns c … c + V − 1, of which `left` are there.
INLINE void multiply_lanes(vec t[R][SAMPLES], const global float *w, const global float *dy[SAMPLES], int c,
                           int left) {
  const JOIN(int, V) there = LANE < left;
  vec g[SAMPLES];
  EACH_SAMPLE g[s] = left < V ? there ? CONST_VEC(dy[s] + c) : (vec)0.0f : CONST_VEC(dy[s] + c);
  EACH_ROW {
    const vec row = CONST_VEC(w + r * P + c);
    EACH_SAMPLE t[r][s] = fma(left < V ? there ? row : (vec)0.0f : row, g[s], t[r][s]);
  }
}

// On through the activation: R features of a sample, or a tile.
#define GATE_SUMS(NAME)                                                                                                \
  if (activation == NAME) sums = NAME##_BACK(vecR, CONST_VECR(x + to), sums);
#define GATE_TILE(NAME)                                                                                                \
  if (activation == NAME)                                                                                              \
    EACH_ROW EACH_VEC t[r][v] = NAME##_BACK(vec, CONST_VEC(x + at + r * P + v * V), t[r][v]);

// dX = (dY · Wᵀ) ∘ f′(X). One work-item does R features of up to 64 samples, SAMPLES at a time: each a dot product,
// along the lanes of a vector and then over them, so that R rows of W stay in the cache and any samples can come
// together.
// Where there is a bitmask, X is a relu's output and zero in all samples that are not in it; so is dX then. x may be
// null where there is no activation.
SINGLE KERNEL dense_backward(WORK_ITEM global float *dx, const global float *dy, const global float *x,
                             const global ulong *xTMask, const global float *w, int batch, int in, int out,
                             int activation) {
  const int row = item0 * R, first = item1 * 64, at = AT(PAD(batch), first, row);
  const ulong all = batch - first < 64 ? (1ul << (batch - first)) - 1 : ~0ul;
  const ulong mask = xTMask ? xTMask[item0 * WORDS(batch) + item1] : all;
  for (ulong rest = all & ~mask; rest; rest &= rest - 1) VECR(dx + at + lowest(rest) * P) = 0.0f;
  for (ulong left = mask; left;) {
    int sample[SAMPLES];
    const global float *g[SAMPLES], *wk = w + row * P;
    EACH_SAMPLE {
      sample[s] = left ? lowest(left) : sample[0];
      g[s] = dy + (first + sample[s]) * P;
      left &= left - 1;
    }
    vec t[R][SAMPLES];
    EACH_ROW EACH_SAMPLE t[r][s] = 0.0f;
    for (int k = 0; k < out / P; k++) {
      _Pragma("unroll") for (int c = 0; c < P; c += V) multiply_lanes(t, wk, g, c, V);
      wk += PAD(in) * P;
      EACH_SAMPLE g[s] += PAD(batch) * P;
    }
    for (int c = 0; c < out % P; c += V) multiply_lanes(t, wk, g, c, out % P - c);
    EACH_SAMPLE {
      vec lanes[R];
      EACH_ROW lanes[r] = t[r][s];
      vecR sums = lane_sums(lanes);
      const int to = at + sample[s] * P;
      EACH_ACTIVATION(GATE_SUMS)
      VECR(dx + to) = sums;
    }
  }
}

// The same where Y has few features: Wᵀ is at hand, and what would be a short dot product becomes a sum of long rows.
// One work-item a panel of dX, out ≤ FEW.
SINGLE KERNEL dense_backward_few(WORK_ITEM global float *dx, const global float *dy, const global float *x,
                                 const global float *w, int batch, int in, int out, int activation) {
  const int panel = item0;
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
