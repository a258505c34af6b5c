// A batch on CPUs: gather, bytes to floats, both orientations, and where they are not zero.
//
//   x[s][i] = images[order[start + s]][i] / 255      X [batch][in], XT [in][batch]
//
// Four in five pixels of drawn digits are zero, and a product that skips them changes no sum. So each row tile
// of X is written a second time without the columns that are all zero in it, and for each row tile of XT there is
// a list of the samples in which it is not (tile_cpu.cl).
// The first ⌈batch / R⌉ work-items do a row tile of X each, the rest a row tile of XT each, both straight from
// the bytes. Nothing branches on a pixel, since nobody could predict it.

typedef JOIN(uchar, V) bytes;

// p / 255, rounded as the division would be for every p in 0 … 255, without dividing.
#define SCALE (1.0f / 255.0f)
#define SCALED(type, p) fma(fma(-((p)*SCALE), (type)255.0f, (p)), (type)SCALE, (p)*SCALE)

// Row tile `tile` of X.
INLINE void gather_rows(global float *x, global int *list, global float *packed,
                               const global uchar *row[R], int tile, int batch, int in) {
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
      any |= row[r][i];
      x[AT(PAD(batch), tile * R + r, i)] = row[r][i] / 255.0f;
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

// Row tile `tile` of XT: R pixels of all images.
INLINE void gather_columns(global float *xT, global int *list, const global uchar *images,
                                  const global int *order, int tile, int batch, int in) {
  const int first = tile * R, whole = R <= V && first + V <= in;
  bytes keep = 0;
  for (int r = 0; r < min(R, V); r++) ((uchar *)&keep)[r] = 255;
  int count = 0;
  for (int s = 0; s < batch; s++) {
    const global uchar *row = images + (size_t)order[s] * in + first;
    list[1 + count] = s;
    if (whole) {
      count += any((JOIN(vload, V)(0, row) & keep) != (bytes)0);
    } else {
      uchar ink = 0;
      for (int r = 0; r < R; r++) ink |= row[min(r, in - 1 - first)];
      count += ink != 0;
    }
    if (xT)
      for (int r = 0; r < min(R, in - first); r++) xT[AT(PAD(in), first + r, s)] = row[r] / 255.0f;
  }
  list[0] = count;
}

SINGLE KERNEL gather(ITEM global float *x, global float *xT, global int *xList, global float *xPacked,
                          global int *xTList, const global uchar *images, const global int *order,
                          const global int *run, int nth, int batch, int in) {
  const int start = RUN_START(run, nth, batch), rowTiles = (batch + R - 1) / R, tile = item0;
  if (tile < rowTiles) {
    const global uchar *row[R];
    EACH_ROW row[r] = images + (size_t)order[start + min(tile * R + r, batch - 1)] * in;
    gather_rows(x, xList + tile * LIST(in), xPacked + tile * PACKED(in), row, tile, batch, in);
  } else {
    const int column = tile - rowTiles;
    gather_columns(xT, xTList + column * LIST(batch), images, order + start, column, batch, in);
  }
}
