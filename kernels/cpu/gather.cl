// A batch on CPUs: gather, bytes to floats, both orientations, and where they are not zero.
//
//   x[s][i] = images[order[start + s]][i] / 255      X [batch][in], XT [in][batch]
//
// A work-item does a tile of X, and its neighbour the next panel: images lie anywhere, their pixels side by side.

#include "cpu/nonzero.cl"
#include "lib/pixel.cl"

// A vector of pixels, of which `left` are there.
INLINE bytes load_pixels(const global uchar *from, int left) {
  if (left >= V) return JOIN(vload, V)(0, from);
  bytes pixels = 0;
  for (int i = 0; i < left; i++) ((uchar *)&pixels)[i] = from[i];
  return pixels;
}

SINGLE KERNEL gather(WORK_ITEM global float *x, global float *xT, global int *xColumns, global ulong *xSamples,
                     const global uchar *images, const global int *order, const global int *run, int nth, int batch,
                     int in) {
  const int start = RUN_START(run, nth, batch), row = item1 * R, panel = item0, left = in - panel * P;
  vec t[R][NV];
  bytes some[R][NV];
  EACH_ROW {
    const global uchar *from = images + (size_t)order[start + min(row + r, batch - 1)] * in + panel * P;
    EACH_VEC {
      const bytes pixels = load_pixels(from + v * V, left - v * V);
      t[r][v] = SCALED(vec, JOIN(convert_float, V)(pixels));
      some[r][v] = JOIN(as_uchar, V)(pixels != (uchar)0);
    }
  }
  store(x + (panel * PAD(batch) + row) * P, t);
  if (xT) store_transposed(xT, PAD(in), row, panel * P, t);
  mark(xColumns, xSamples, some, row, panel, batch, in);
}
