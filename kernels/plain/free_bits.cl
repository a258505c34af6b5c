// What free bits add to the divergence of a sample: Σ max(freeBits − kl, 0) over its dimensions, kl of lib/latent.cl.
// One work-item a sample. For every tiling.

#include "lib/items.cl"
#include "lib/latent.cl"
#include "lib/matrix.cl"

KERNEL free_bits(WORK_ITEM global float *extra, const global float *heads, const global int *run, int nth, int batch,
                 int latent, float freeBits) {
  const int s = item0;
  if (s >= batch) return;
  float sum = 0.0f;
  for (int d = 0; d < latent; d++) {
    const float mu = heads[ELEMENT(batch, 2 * latent, s, d)];
    const float logvar = heads[ELEMENT(batch, 2 * latent, s, latent + d)];
    sum += fmax(freeBits - KL_OF(mu, logvar), 0.0f);
  }
  extra[RUN_SLOT(run, nth) * batch + s] = sum;
}
