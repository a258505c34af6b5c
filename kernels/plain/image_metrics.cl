// Mean squared error, PSNR and SSIM of each reconstruction, into row start + s of figures: lib/ssim.cl has the
// formulas. One work-item an image.

#include "lib/run.cl"
#include "lib/ssim.cl"

kernel void image_metrics(global float *figures, const global float *recon, const global float *x,
                          const global int *run, int nth, int batch) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  const global float *a = recon + s * HEIGHT * WIDTH, *b = x + s * HEIGHT * WIDTH;
  float error = 0.0f, ssim = 0.0f;
  for (int i = 0; i < HEIGHT * WIDTH; i++) error += (a[i] - b[i]) * (a[i] - b[i]);
  for (int window = 0; window < WINDOWS; window++) {
    const int corner = window / ACROSS * WIDTH + window % ACROSS;
    float sa = 0.0f, sb = 0.0f, s2 = 0.0f, sab = 0.0f;
    _Pragma("unroll") for (int i = 0; i < AREA; i++) {
      const float va = a[corner + i / WINDOW * WIDTH + i % WINDOW], vb = b[corner + i / WINDOW * WIDTH + i % WINDOW];
      sa += va;
      sb += vb;
      s2 += va * va + vb * vb;
      sab += va * vb;
    }
    const float ma = sa / AREA, mb = sb / AREA;
    ADD_SSIM(float, ssim, ma, mb, sab / AREA, s2 / AREA);
  }
  const float mse = error / (HEIGHT * WIDTH);
  global float *figure = figures + (RUN_START(run, nth, batch) + s) * 3;
  figure[0] = mse;
  figure[1] = -10.0f * log10(mse);
  figure[2] = ssim / WINDOWS;
}
