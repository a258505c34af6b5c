// The importance-weighted bound (Burda et al., 2016). Images have `samples` rows each, one after the other, in all that
// has `batch` rows:
//
//   ln w    = ln p(x|z) + ln p(z) − ln q(z|x) = −scale·Σ f(logit, x) + ½ Σ (eps² − z² + logvar)
//   bound   = −ln (Σ w / samples)        share = w / Σ w, both over an image's samples
//   dLogit  = share · scale · ∂f/∂logit
//   dmu     = Σ g        dlogvar = ½ Σ (g·exp(logvar/2)·eps − share)        with g = dz + share·z
//
// but for constants of the likelihood f (lib/likelihood.cl). For every tiling: lib/matrix.cl.

#include "lib/likelihood.cl"
#include "lib/matrix.cl"

#define LOSS(NAME)                                                                                                     \
  if (likelihood == NAME) {                                                                                            \
    float4 four = 0.0f;                                                                                                \
    int i = 0;                                                                                                         \
    for (; i + 4 <= out; i += 4) {                                                                                     \
      const float4 l = vload4(0, logit + ELEMENT(batch, out, r, i)), recon = SIGMOID_OF(float4, l);                    \
      const float4 pixel = vload4(0, x + ELEMENT(images, out, s, i));                                                  \
      four += NAME##_VALUE(float4, l, recon, pixel);                                                                   \
    }                                                                                                                  \
    loss = four.x + four.y + four.z + four.w;                                                                          \
    for (; i < out; i++) {                                                                                             \
      const float l = logit[ELEMENT(batch, out, r, i)], recon = SIGMOID_OF(float, l);                                  \
      loss += NAME##_VALUE(float, l, recon, x[ELEMENT(images, out, s, i)]);                                            \
    }                                                                                                                  \
  }

// logW [batch]. One work-item a row.
kernel void log_weights(global float *logW, const global float *logit, const global float *x, const global float *z,
                        const global float *eps, const global float *heads, const global int *run, int batch,
                        int samples, int out, int latent, int likelihood) {
  const int r = get_global_id(0), s = r / samples, images = batch / samples;
  if (r >= batch) return;
  float loss = 0.0f, twice = 0.0f;
  EACH_LIKELIHOOD(LOSS)
  for (int d = 0; d < latent; d++) {
    const float noise = eps[ELEMENT(batch, latent, r, d)], point = z[ELEMENT(batch, latent, r, d)];
    twice += noise * noise - point * point + heads[ELEMENT(images, 2 * latent, s, latent + d)];
  }
  logW[ELEMENT(batch, 1, r, 0)] = 0.5f * twice - RUN_SCALE(run) * loss;
}

// share [batch], and each image's bound. One work-item an image.
kernel void importance_weights(global float *share, global float *bound, const global float *logW,
                               const global int *run, int nth, int batch, int samples) {
  const int s = get_global_id(0), images = batch / samples, first = s * samples;
  if (s >= images) return;
  float most = -INFINITY, sum = 0.0f;
  for (int k = first; k < first + samples; k++) most = fmax(most, logW[ELEMENT(batch, 1, k, 0)]);
  for (int k = first; k < first + samples; k++) sum += exp(logW[ELEMENT(batch, 1, k, 0)] - most);
  for (int k = first; k < first + samples; k++)
    share[ELEMENT(batch, 1, k, 0)] = exp(logW[ELEMENT(batch, 1, k, 0)] - most) / sum;
  bound[RUN_SLOT(run, nth) * images + s] = -most - log(sum / samples);
}

#define GRADIENT(NAME)                                                                                                 \
  if (likelihood == NAME && i + 4 <= out) {                                                                            \
    const float4 l = vload4(0, logit + ELEMENT(batch, out, r, i)), recon = SIGMOID_OF(float4, l);                      \
    const float4 pixel = vload4(0, x + ELEMENT(images, out, r / samples, i));                                          \
    vstore4(weight * NAME##_GRADIENT(float4, l, recon, pixel), 0, dL + ELEMENT(batch, out, r, i));                     \
  } else if (likelihood == NAME) {                                                                                     \
    for (int j = i; j < out; j++) {                                                                                    \
      const float l = logit[ELEMENT(batch, out, r, j)], recon = SIGMOID_OF(float, l);                                  \
      dL[ELEMENT(batch, out, r, j)] =                                                                                  \
          weight * NAME##_GRADIENT(float, l, recon, x[ELEMENT(images, out, r / samples, j)]);                          \
    }                                                                                                                  \
  }

// dLogit [batch][out]. One work-item for each four columns of a row.
kernel void weighted_gradient(global float *dL, const global float *logit, const global float *x,
                              const global float *share, const global int *run, int batch, int samples, int out,
                              int likelihood) {
  const int i = 4 * get_global_id(0), r = get_global_id(1), images = batch / samples;
  if (i >= out) return;
  const float weight = share[ELEMENT(batch, 1, r, 0)] * RUN_SCALE(run);
  EACH_LIKELIHOOD(GRADIENT)
}

// dHeads [images][2·latent]. One work-item for each dimension of each image.
kernel void importance_backward(global float *dHeads, const global float *dz, const global float *z,
                                const global float *eps, const global float *heads, const global float *share,
                                int batch, int samples, int latent) {
  const int d = get_global_id(0), s = get_global_id(1), images = batch / samples;
  if (d >= latent) return;
  const uint left = ELEMENT(images, 2 * latent, s, d), right = ELEMENT(images, 2 * latent, s, latent + d);
  const float sigma = exp(0.5f * heads[right]);
  float mu = 0.0f, logvar = 0.0f;
  for (int k = s * samples; k < (s + 1) * samples; k++) {
    const uint at = ELEMENT(batch, latent, k, d);
    const float part = share[ELEMENT(batch, 1, k, 0)], g = fma(part, z[at], dz[at]);
    mu += g;
    logvar += 0.5f * (g * sigma * eps[at] - part);
  }
  dHeads[left] = mu;
  dHeads[right] = logvar;
}
