// Adam's step on CPUs, in place, and tiles of R rows by P columns of weights that lie at rest.
//
// Many tiles have no gradient for long: their pixels are blank, or their units are zero. Then m shrinks by β₁ from step
// to step, but √v by √β₂ alone and the rates by less, so each step changes a weight by less than the one before. Once
// a step has changed none of a tile, none will until there is a gradient again: the tile lies at rest, and neither its
// weights nor its moments are touched. What these have missed is made up for, by the same arithmetic, as soon as there
// is a gradient, and at the end of a run at the latest: between runs nothing lies at rest.
//
//   rested[tile]   0 if its weights move, else 1 + the steps that its moments are behind

#pragma once
#include "cpu/tile.cl"
#include "lib/adam.cl"

#define ADAM_VECTOR(w, m, v, i, gradient)                                                                    \
  {                                                                                                          \
    vec value = VEC((w) + (i)*V), mean = VEC((m) + (i)*V), square = VEC((v) + (i)*V);                        \
    ADAM_UPDATE(value, mean, square, gradient);                                                              \
    VEC((w) + (i)*V) = value;                                                                                \
    VEC((m) + (i)*V) = mean;                                                                                 \
    VEC((v) + (i)*V) = square;                                                                               \
  }

// A step for n vectors that lie one behind the other.
#define ADAM_VECTORS(w, m, v, n, gradient)                                                                   \
  _Pragma("unroll") for (int i = 0; i < (n); i++) ADAM_VECTOR(w, m, v, i, gradient)

// Asks for the weights and moments of a tile, unless they lie at rest.
INLINE void prefetch_tile(const global float *w, const global float *m, const global float *v,
                          const global int *rested) {
  if (rested && *rested) return;
  for (int i = 0; i < R * P; i += LINE_FLOATS) {
    PREFETCH(w + i);
    PREFETCH(m + i);
    PREFETCH(v + i);
  }
}

// What so many steps without a gradient leave of a tile's moment.
INLINE void decay(global float *moment, float keep, int steps) {
  vec t[R][NV];
  EACH_ROW EACH_VEC t[r][v] = VEC(moment + r * P + v * V);
  for (int k = 0; k < steps; k++) EACH_ROW EACH_VEC ADAM_MOMENT(t[r][v], keep, 0.0f);
  store(moment, t);
}

// A step for a tile with the gradient t, which is known to be zero or may be anything. rested may be null; last says
// that the run ends with this step.
INLINE void adam_tile(global float *w, global float *m, global float *v, vec t[R][NV], bool zero, global int *rested,
                      bool last, float2 rate, float keep1, float keep2, float eps) {
  const int rest = rested ? *rested : 0, behind = rest - 1;
  if (zero && rest && !last) {
    *rested = rest + 1;
    return;
  }
  if (behind > 0) {
    decay(m, keep1, behind);
    decay(v, keep2, behind);
  }
  JOIN(int, V) changed = 0;
  if (zero)
    for (int i = 0; i < R * NV; i++) {
      const vec before = VEC(w + i * V);
      ADAM_VECTOR(w, m, v, i, 0.0f)
      changed |= VEC(w + i * V) != before;
    }
  else
    ADAM_VECTORS(w, m, v, R *NV, t[i / NV][i % NV])
  if (rested) *rested = zero && !last && !any(changed);
}
