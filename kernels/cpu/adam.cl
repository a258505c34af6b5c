// Adam's step on CPUs, in place, and tiles of R rows by P columns of weights that lie at rest.
//
// Many tiles have no gradient for long: their pixels are blank, or their units are zero. Then m becomes β₁ = 0.9 of
// what it was from step to step, √v no less than √β₂ of it, near 1, and the rates change little, so each step changes a
// weight by less than the one before. Once a step has changed none of a tile, none will until there is a gradient
// again: the tile lies at rest, and neither its weights nor its moments are touched. What these have missed is made up
// for, by the same arithmetic, as soon as there is a gradient, and at the end of a run at the latest: between runs
// nothing lies at rest.
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

// Asks for the weights and moments of a tile and of the next but one, where so many are left, unless they lie at rest.
// Both, by measurement: with either alone a large net is slower.
INLINE void prefetch_tiles(const global float *w, const global float *m, const global float *v,
                           const global int *rested, int left) {
#ifdef JOINED
  for (int tile = 0; tile < min(left, 3); tile += 2) {
    if (rested && rested[tile]) continue;
    for (int i = tile * R * P; i < (tile + 1) * R * P; i += LINE_FLOATS) {
      PREFETCH(w + i);
      PREFETCH(m + i);
      PREFETCH(v + i);
    }
  }
#endif
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
