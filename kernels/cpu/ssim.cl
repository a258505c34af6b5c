// Mean squared error, PSNR and SSIM of single images on CPUs: V images side by side in a vector's lanes.
// lib/ssim.cl has the formulas.
//
// AT and BT are [pixels][batch]. One work-item, one vector of images: for each row of windows the five sums over 7 rows
// in every column, then over 7 columns; each sum directly, since a running one drifts.

#include "cpu/tile.cl"
#include "lib/ssim.cl"

#define SUMS 5 // of a, b, a², b² and a·b

SINGLE KERNEL image_metrics(WORK_ITEM global float *figures, const global float *aT, const global float *bT,
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
        sum[j] *= 1.0f / AREA;
      }
      ADD_SSIM(vec, ssim, sum[0], sum[1], sum[4], sum[2] + sum[3]);
    }
  }
  const int row = RUN_START(run, nth, batch) + first;
  for (int lane = 0; lane < min(V, batch - first); lane++) {
    const float mse = ((const float *)&error)[lane] / (HEIGHT * WIDTH);
    global float *figure = figures + (row + lane) * 3;
    figure[0] = mse;
    figure[1] = -10.0f * log10(mse);
    figure[2] = MEAN_SSIM(((const float *)&ssim)[lane]);
  }
}
