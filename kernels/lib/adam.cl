// One Adam step for an element or a vector of elements, in place.
//
//   m ← m + (1 − β₁)(g − m)      v ← v + (1 − β₂)(g² − v)      w ← w − rate.x · m / (√v · rate.y + ε)
//
// rate = (learning rate / (1 − β₁ᵗ), 1 / √(1 − β₂ᵗ)) comes from the host, which has it in double
// precision; so do keep1 = 1 − β₁ and keep2 = 1 − β₂, which would lose digits if subtracted here.

#pragma once

// A moment's way towards what it is the mean of.
#define ADAM_MOMENT(moment, keep, of) (moment) += (keep) * ((of) - (moment))

#define ADAM_UPDATE(w, m, v, g)                                                                             \
  do {                                                                                                     \
    ADAM_MOMENT(m, keep1, g);                                                                              \
    ADAM_MOMENT(v, keep2, (g) * (g));                                                                      \
    w -= rate.x * m / (sqrt(v) * rate.y + eps);                                                            \
  } while (0)
