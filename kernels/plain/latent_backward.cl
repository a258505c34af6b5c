// Back through sampling and divergence: dmu = dz + β·mu, dlogvar = ½·dz·exp(logvar/2)·eps + ½·β·(exp(logvar) − 1).
// One work-item for each dimension of each sample.

#include "lib/latent.cl"
#include "lib/run.cl"

kernel void latent_backward(global float *dHeads, const global float *dz, const global float *heads,
                            const global float *eps, const global int *run, int latent, float freeBits) {
  const int d = get_global_id(0), s = get_global_id(1);
  if (d >= latent) return;
  const int left = s * 2 * latent + d, right = left + latent, i = s * latent + d;
  const float beta = BETA_OF(heads[left], heads[right], RUN_BETA(run), freeBits);
  dHeads[left] = MU_BACK(heads[left], dz[i], beta);
  dHeads[right] = LOGVAR_BACK(heads[right], eps[i], dz[i], beta);
}
