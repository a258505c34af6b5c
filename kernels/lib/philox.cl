// Philox4x32-10 (Salmon et al., SC 2011) and standard normal numbers from it by Box and Muller.
// The integers equal vaeocl.random.Philox bit for bit; the counter's words are
// (stream, step or epoch, data-set index, block within the row).

#pragma once

// The rounds for one counter, T = uint, or one in each lane of vectors of type T.
#define PHILOX_ROUNDS(T, key, c0, c1, c2, c3)                                                                          \
  {                                                                                                                    \
    uint2 key_ = key;                                                                                                  \
    for (int round = 0; round < 10; round++) {                                                                         \
      const T high0 = mul_hi((T)0xD2511F53u, c0), low0 = (T)0xD2511F53u * c0;                                          \
      const T high1 = mul_hi((T)0xCD9E8D57u, c2), low1 = (T)0xCD9E8D57u * c2;                                          \
      c0 = high1 ^ c1 ^ (T)key_.x;                                                                                     \
      c1 = low1;                                                                                                       \
      c2 = high0 ^ c3 ^ (T)key_.y;                                                                                     \
      c3 = low0;                                                                                                       \
      key_ += (uint2)(0x9E3779B9u, 0xBB67AE85u);                                                                       \
    }                                                                                                                  \
  }

static inline uint4 philox(uint2 key, uint4 c) {
  PHILOX_ROUNDS(uint, key, c.x, c.y, c.z, c.w)
  return c;
}

// Strictly inside (0, 1), without rounding. TO_FLOAT converts a word, or one in each lane.
#define UNIFORM_OF(TO_FLOAT, word) ((TO_FLOAT((word) >> 9) + 0.5f) * 0x1p-23f)

// Two normals from two uniforms (u, v): √(−2 ln u)·(cos 2πv, sin 2πv).
#define NORMAL_PAIR(T, u, v, first, second)                                                                            \
  {                                                                                                                    \
    const T radius = sqrt(-2.0f * log(u)), turn = 2.0f * (v);                                                          \
    first = radius * cospi(turn);                                                                                      \
    second = radius * sinpi(turn);                                                                                     \
  }
static inline float2 normal_pair(uint2 words) {
  float2 pair;
  NORMAL_PAIR(float, UNIFORM_OF(convert_float, words.x), UNIFORM_OF(convert_float, words.y), pair.x, pair.y)
  return pair;
}
