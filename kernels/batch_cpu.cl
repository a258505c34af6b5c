// A batch on CPUs: gather, bytes to floats, both orientations, and where they are not zero.
//
//   x[s][i] = images[order[start + s]][i] / 255      X [batch][in], XT [in][batch]
//
// Four in five pixels of drawn digits are zero, and a product that skips them changes no sum. So each row tile
// of X gets a mask of the columns in which any of its rows is not zero, WORDS(in) words with bit k mod 32 of
// word k / 32 for column k; and so does each row tile of XT.
// The first ⌈batch / R⌉ work-items do a row tile of X each, the rest a row tile of XT each, both straight from
// the bytes.

typedef JOIN(uchar, V) bytes;
#define FLOATS(b) (JOIN(convert_float, V)(b) / 255.0f)

// Row tile `tile` of X.
static inline void gather_rows(global float *x, global uint *mask, const global uchar *row[R], int tile,
                               int batch, int in) {
  for (int word = 0; word < WORDS(in); word++) mask[word] = 0;
  int i = 0;
  for (; i + V <= in; i += V) {
    bytes any = 0;
    EACH_ROW {
      const bytes pixels = JOIN(vload, V)(0, row[r] + i);
      any |= pixels;
      VEC(x + AT(PAD(batch), tile * R + r, i)) = FLOATS(pixels);
    }
    uint bits = 0;
    const uchar *lane = (const uchar *)&any;
    _Pragma("unroll") for (int j = 0; j < V; j++) bits |= (uint)(lane[j] != 0) << j;
    mask[i / 32] |= bits << i % 32;
  }
  for (; i < in; i++) {
    uchar any = 0;
    EACH_ROW {
      any |= row[r][i];
      x[AT(PAD(batch), tile * R + r, i)] = row[r][i] / 255.0f;
    }
    mask[i / 32] |= (uint)(any != 0) << i % 32;
  }
}

// Row tile `tile` of XT: R pixels of all images.
static inline void gather_columns(global float *xT, global uint *mask, const global uchar *images,
                                  const global int *order, int tile, int batch, int in) {
  int column[R];
  EACH_ROW column[r] = min(tile * R + r, in - 1);
  for (int word = 0; word < WORDS(batch); word++) {
    uint bits = 0;
    for (int s = word * 32; s < min(word * 32 + 32, batch); s++) {
      const global uchar *row = images + (size_t)order[s] * in;
      global float *to = xT + AT(PAD(in), tile * R, s);
      uchar pixel[R], any = 0;
      EACH_ROW any |= pixel[r] = row[column[r]];
      if (any) {
        bits |= 1u << s % 32;
        EACH_ROW to[r * P] = pixel[r] / 255.0f;
      } else {
        EACH_ROW to[r * P] = 0.0f;
      }
    }
    mask[word] = bits;
  }
}

SINGLE kernel void gather(global float *x, global float *xT, global uint *xMask, global uint *xTMask,
                          const global uchar *images, const global int *order, const global int *run, int nth,
                          int batch, int in) {
  const int start = RUN_START(run, nth, batch), rowTiles = (batch + R - 1) / R, tile = get_global_id(0);
  if (tile < rowTiles) {
    const global uchar *row[R];
    EACH_ROW row[r] = images + (size_t)order[start + min(tile * R + r, batch - 1)] * in;
    gather_rows(x, xMask + tile * WORDS(in), row, tile, batch, in);
  } else {
    const int column = tile - rowTiles;
    gather_columns(xT, xTMask + column * WORDS(batch), images, order + start, column, batch, in);
  }
}
