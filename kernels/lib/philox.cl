// Philox4x32-10 (Salmon et al., SC 2011) and standard normal numbers from it by Box and Muller.
// The integers equal vaeocl.random.Philox bit for bit; the counter's words are
// (stream, step or epoch, data-set index, block within the row).

#pragma once

static inline uint4 philox(uint2 key, uint4 c) {
  for (int round = 0; round < 10; round++) {
    const uint high0 = mul_hi(0xD2511F53u, c.x), low0 = 0xD2511F53u * c.x;
    const uint high1 = mul_hi(0xCD9E8D57u, c.z), low1 = 0xCD9E8D57u * c.z;
    c = (uint4)(high1 ^ c.y ^ key.x, low1, high0 ^ c.w ^ key.y, low0);
    key += (uint2)(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}

// Strictly inside (0, 1), without rounding.
static inline float uniform_of(uint word) { return ((float)(word >> 9) + 0.5f) * 0x1p-23f; }

// Two normals from two uniforms (u, v): √(−2 ln u)·(cos 2πv, sin 2πv).
static inline float2 normal_pair(uint2 words) {
  const float radius = sqrt(-2.0f * log(uniform_of(words.x))), turn = 2.0f * uniform_of(words.y);
  return (float2)(radius * cospi(turn), radius * sinpi(turn));
}
