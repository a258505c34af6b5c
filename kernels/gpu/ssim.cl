// Mean squared error, PSNR and SSIM of single images on GPUs. lib/ssim.cl has the formulas.
// A and B are [batch][pixels]. One work-group an image, which it holds in local memory unless it is large; a
// work-item takes every GROUP-th window and sums its 49 pixels directly.

#include "lib/group.cl"
#include "lib/panel.cl"
#include "lib/ssim.cl"

#ifndef MOST_LOCAL
#define MOST_LOCAL 2048 // pixels of two images that local memory holds: 16 KiB
#endif

#if HEIGHT * WIDTH <= MOST_LOCAL
#define HELD (HEIGHT * WIDTH)
#define PIXEL(held, from, i) held[i]
#else
#define HELD 1
#define PIXEL(held, from, i) from[AT(PAD(batch), s, i)]
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) kernel void
image_metrics(global float *figures, const global float *a, const global float *b, const global int *run,
              int nth, int batch) {
  local float la[HELD], lb[HELD], scratch[GROUP];
  const int id = get_local_id(0), s = get_group_id(0);
  float error = 0.0f, ssim = 0.0f;
  for (int i = id; i < HEIGHT * WIDTH; i += GROUP) {
    const float va = a[AT(PAD(batch), s, i)], vb = b[AT(PAD(batch), s, i)];
#if HEIGHT * WIDTH <= MOST_LOCAL
    la[i] = va;
    lb[i] = vb;
#endif
    error += (va - vb) * (va - vb);
  }
  const float mse = group_sum(scratch, error) / (HEIGHT * WIDTH);
  for (int window = id; window < WINDOWS; window += GROUP) {
    const int corner = window / ACROSS * WIDTH + window % ACROSS;
    float sa = 0.0f, sb = 0.0f, saa = 0.0f, sbb = 0.0f, sab = 0.0f;
    for (int y = 0; y < WINDOW; y++)
      for (int x = 0; x < WINDOW; x++) {
        const float va = PIXEL(la, a, corner + y * WIDTH + x), vb = PIXEL(lb, b, corner + y * WIDTH + x);
        sa += va;
        sb += vb;
        saa += va * va;
        sbb += vb * vb;
        sab += va * vb;
      }
    const float ma = sa / AREA, mb = sb / AREA;
    ADD_SSIM(float, ssim, ma, mb, sab / AREA, (saa + sbb) / AREA);
  }
  const float mean = MEAN_SSIM(group_sum(scratch, ssim));
  if (id > 0) return;
  global float *figure = figures + (RUN_START(run, nth, batch) + s) * 3;
  figure[0] = mse;
  figure[1] = -10.0f * log10(mse);
  figure[2] = mean;
}
