// Mean squared error, PSNR and SSIM of each reconstruction, into row start + s of figures: lib/ssim.cl has the
// formulas. One work-item an image.

#include "lib/run.cl"
#include "lib/ssim.cl"

#define EACH_PIXEL _Pragma("unroll 7") for (int i = 0; i < AREA; i++)
#define PIXEL (corner + i / WINDOW * WIDTH + i % WINDOW)

kernel void image_metrics(global float *figures, const global float *recon, const global float *x,
                          const global int *run, int nth, int batch) {
  const int s = get_global_id(0);
  if (s >= batch) return;
  const global float *a = recon + s * HEIGHT * WIDTH, *b = x + s * HEIGHT * WIDTH;
  float error = 0.0f, ssim = 0.0f;
  for (int i = 0; i < HEIGHT * WIDTH; i++) error += (a[i] - b[i]) * (a[i] - b[i]);
  for (int window = 0; window < WINDOWS; window++) {
    const int corner = window / ACROSS * WIDTH + window % ACROSS;
    float ma = 0.0f, mb = 0.0f, cov = 0.0f, var = 0.0f;
    EACH_PIXEL {
      ma += a[PIXEL] / AREA;
      mb += b[PIXEL] / AREA;
    }
    EACH_PIXEL {
      const float da = a[PIXEL] - ma, db = b[PIXEL] - mb;
      cov += da * db / (AREA - 1);
      var += (da * da + db * db) / (AREA - 1);
    }
    ssim += (2.0f * ma * mb + C1) * (2.0f * cov + C2) / ((ma * ma + mb * mb + C1) * (var + C2));
  }
  const float mse = error / (HEIGHT * WIDTH);
  global float *figure = figures + (RUN_START(run, nth, batch) + s) * 3;
  figure[0] = mse;
  figure[1] = -10.0f * log10(mse);
  figure[2] = MEAN_SSIM(ssim);
}
