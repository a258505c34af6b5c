// Mean squared error, PSNR and SSIM of single images on CPUs: V images side by side in a vector's lanes.
//
//   mse = Σ (a − b)² / n        psnr = 10·log₁₀(1 / mse)
//   ssim = mean over 7x7 windows wholly inside of
//          (2·μa·μb + C₁)(2·σab + C₂) / ((μa² + μb² + C₁)(σa² + σb² + C₂)),  σ with ×49/48, C = (0.01², 0.03²)
//
// as scikit-image has it (data_range 1). AT and BT are [pixels][batch]. One work-item, one vector of images:
// for each row of windows the five sums over 7 rows in every column, then over 7 columns; each sum directly,
// since a running one drifts. HEIGHT and WIDTH are build parameters.

#include "tile_cpu.cl"

#define WINDOW 7
#define N (WINDOW * WINDOW)
#define SUMS 5

SINGLE KERNEL image_metrics(ITEM global float *figures, const global float *aT, const global float *bT,
                            const global int *run, int nth, int batch) {
  const int first = item0 * V;
  const global float *a = aT + AT(PAD(HEIGHT * WIDTH), 0, first);
  const global float *b = bT + AT(PAD(HEIGHT * WIDTH), 0, first);
  vec error = 0.0f, ssim = 0.0f;
  for (int i = 0; i < HEIGHT * WIDTH; i++) {
    const vec d = CONST_VEC(a + i * P) - CONST_VEC(b + i * P);
    error += d * d;
  }
  for (int top = 0; top + WINDOW <= HEIGHT; top++) {
    vec column[WIDTH][SUMS];
    for (int x = 0; x < WIDTH; x++) {
      vec sa = 0.0f, sb = 0.0f, saa = 0.0f, sbb = 0.0f, sab = 0.0f;
      for (int y = top; y < top + WINDOW; y++) {
        const vec va = CONST_VEC(a + (y * WIDTH + x) * P);
        const vec vb = CONST_VEC(b + (y * WIDTH + x) * P);
        sa += va;
        sb += vb;
        saa += va * va;
        sbb += vb * vb;
        sab += va * vb;
      }
      column[x][0] = sa;
      column[x][1] = sb;
      column[x][2] = saa;
      column[x][3] = sbb;
      column[x][4] = sab;
    }
    for (int left = 0; left + WINDOW <= WIDTH; left++) {
      vec sum[SUMS];
      for (int j = 0; j < SUMS; j++) {
        sum[j] = column[left][j];
        for (int x = 1; x < WINDOW; x++) sum[j] += column[left + x][j];
        sum[j] *= 1.0f / N;
      }
      const vec ab = sum[0] * sum[1], squares = sum[0] * sum[0] + sum[1] * sum[1];
      const vec cov = (sum[4] - ab) * ((float)N / (N - 1));
      const vec var = (sum[2] + sum[3] - squares) * ((float)N / (N - 1));
      ssim += (2.0f * ab + 1e-4f) * (2.0f * cov + 9e-4f) / ((squares + 1e-4f) * (var + 9e-4f));
    }
  }
  const int row = RUN_START(run, nth, batch) + first;
  for (int lane = 0; lane < min(V, batch - first); lane++) {
    const float mse = ((const float *)&error)[lane] / (HEIGHT * WIDTH);
    global float *figure = figures + (row + lane) * 3;
    figure[0] = mse;
    figure[1] = -10.0f * log10(mse);
    figure[2] = ((const float *)&ssim)[lane] / ((HEIGHT - WINDOW + 1) * (WIDTH - WINDOW + 1));
  }
}
