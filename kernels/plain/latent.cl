// Sampling: z = mu + exp(logvar/2)·eps with eps ~ N(0, 1), and the sample's part of the KL divergence from N(0, 1):
// ½ Σ (mu² + exp(logvar) − logvar − 1). One work-item a row of z; so many rows that follow each
// other are samples of one image, whose divergence the first has. sampled = 0 takes the mean: eps = 0.

#include "lib/latent.cl"
#include "lib/run.cl"

kernel void latent(global float *z, global float *eps, global float *kl, const global float *heads,
                   const global int *order, const global int *run, int nth, int batch, int samples, int latent,
                   int sampled, uint stream, int stepwise, uint seedLow, uint seedHigh) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  const uint2 seed = (uint2)(seedLow, seedHigh);
  const int image = order[RUN_START(run, nth, batch / samples) + s / samples];
  const uint3 row = (uint3)(stream, stepwise ? RUN_STEP(run, nth) : 0, image);
  const uint first = s % samples * ((latent + 3) / 4);
  heads += s / samples * 2 * latent;
  float sum = 0.0f;
  uint4 words = 0;
  float2 pair = 0.0f;
  for (int d = 0; d < latent; d++) {
    const float mu = heads[d], logvar = heads[latent + d];
    const float e = sampled ? next_eps(&words, &pair, seed, row, first, d) : 0.0f;
    eps[s * latent + d] = e;
    z[s * latent + d] = Z_OF(mu, logvar, e);
    if (first == 0) sum += KL_OF(mu, logvar);
  }
  kl[RUN_SLOT(run, nth) * batch + s] = sum;
}
