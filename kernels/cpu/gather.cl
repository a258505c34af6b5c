// A batch on CPUs: gather, bytes to floats, both orientations, and where they are not zero.
//
//   x[s][i] = images[order[start + s]][i] / 255      X [batch][in], XT [in][batch]
//
// Four in five pixels of drawn digits are zero, and a product that skips them changes no sum. So each row tile
// of X is written a second time without the columns that are all zero in it, and for each row tile of XT there is
// the bitmask of samples in which it is not (cpu/tile.cl).
// The first ⌈batch / R⌉ work-items do a row tile of X each, the rest a byte of all masks each, both straight from the
// bytes. Nothing branches on a pixel, since nobody could predict it.

#include "cpu/tile.cl"
#include "lib/pixel.cl"

typedef JOIN(uchar, V) bytes;

// Row tile `tile` of X.
INLINE void gather_rows(global float *x, global int *list, global float *packed, const global uchar *row[R], int tile,
                        int batch, int in) {
  int count = 0, i = 0;
  for (; i + V <= in; i += V) {
    bytes any = 0;
    EACH_ROW {
      const bytes pixels = JOIN(vload, V)(0, row[r] + i);
      const vec floats = JOIN(convert_float, V)(pixels);
      any |= pixels;
      VEC(x + AT(PAD(batch), tile * R + r, i)) = SCALED(vec, floats);
    }
    const uchar *lane = (const uchar *)&any;
    _Pragma("unroll") for (int j = 0; j < V; j++) {
      list[1 + count] = i + j;
      count += lane[j] != 0;
    }
  }
  for (; i < in; i++) {
    uchar any = 0;
    EACH_ROW {
      const float pixel = row[r][i];
      any |= row[r][i];
      x[AT(PAD(batch), tile * R + r, i)] = SCALED(float, pixel);
    }
    list[1 + count] = i;
    count += any != 0;
  }
  list[0] = count;
  for (int j = 0; j < count; j++) {
    const global float *from = x + AT(PAD(batch), tile * R, list[1 + j]);
    EACH_ROW packed[j * R + r] = from[r * P];
  }
}

// R pixels as one number.
#if R == 4
#define PIXELS(p) as_uint(vload4(0, p))
#else
#define PIXELS(p) as_ulong(vload8(0, p))
#endif

// Eight samples of XT, and so a byte of each bitmask.
INLINE void gather_columns(global float *xT, global ulong *masks, const global uchar *images, const global int *order,
                           int eight, int batch, int in) {
  const int first = 8 * eight, count = clamp(batch - first, 0, 8);
  const global uchar *row[8];
  _Pragma("unroll") for (int s = 0; s < 8; s++) row[s] = images + (size_t)order[min(first + s, batch - 1)] * in;
  for (int i = 0; i < in; i += R) {
    int ink = 0;
    if (i + R <= in)
      _Pragma("unroll") for (int s = 0; s < 8; s++) ink |= (PIXELS(row[s] + i) != 0) << s;
    else
      for (int s = 0; s < 8; s++)
        for (int j = i; j < min(i + R, in); j++) ink |= (row[s][j] != 0) << s;
    ((global uchar *)(masks + i / R * WORDS(batch)))[eight] = ink & ((1 << count) - 1);
    if (xT && count > 0)
      for (int j = i; j < min(i + R, in); j++) {
        const float8 pixels = (float8)(row[0][j], row[1][j], row[2][j], row[3][j], row[4][j], row[5][j], row[6][j],
                                       row[7][j]);
        *(global float8 *)(xT + AT(PAD(in), j, first)) = SCALED(float8, pixels);
      }
  }
}

SINGLE KERNEL gather(WORK_ITEM global float *x, global float *xT, global int *xList, global float *xPacked,
                     global ulong *xTMask, const global uchar *images, const global int *order, const global int *run,
                     int nth, int batch, int in) {
  const int start = RUN_START(run, nth, batch), rowTiles = (batch + R - 1) / R, tile = item0;
  if (tile < rowTiles) {
    const global uchar *row[R];
    EACH_ROW row[r] = images + (size_t)order[start + min(tile * R + r, batch - 1)] * in;
    gather_rows(x, xList + tile * LIST(in), xPacked + tile * PACKED(in), row, tile, batch, in);
  } else {
    gather_columns(xT, xTMask, images, order + start, tile - rowTiles, batch, in);
  }
}
