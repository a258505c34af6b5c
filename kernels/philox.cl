// Philox4x32-10 (Salmon et al., SC 2011) and standard normal numbers from it by Box and Muller.
// The integers equal vaeocl.random.Philox bit for bit; the counter's words are
// (stream, step or epoch, data-set index, block within the row).

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

// Four normals: pairs of uniforms (u, v) give √(−2 ln u)·(cos 2πv, sin 2πv).
static inline float4 normals(uint2 key, uint4 counter) {
  const uint4 u = philox(key, counter);
  const float r0 = sqrt(-2.0f * log(uniform_of(u.x))), a0 = 2.0f * uniform_of(u.y);
  const float r1 = sqrt(-2.0f * log(uniform_of(u.z))), a1 = 2.0f * uniform_of(u.w);
  return (float4)(r0 * cospi(a0), r0 * sinpi(a0), r1 * cospi(a1), r1 * sinpi(a1));
}
