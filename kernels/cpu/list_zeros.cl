// Where a matrix Y [batch][n] is zero, for products on CPUs that leave zeros out. A relu's output is zero for about
// half of its features, and all the more so in tiles of samples and features that are alike.
//
//   list, packed   for each row tile of Y its columns that are not all zero, and their values
//   maskT          for each row tile of YT, R features, the samples in which they are not all zero
//
// cpu/tile.cl has their layouts. list with packed may be null, or maskT. The first ⌈batch / R⌉ work-items do a row tile
// of Y each, for list; the next ⌈n / V⌉ a vector of columns each, for maskT. Nothing branches on a value, since nobody
// could predict it.

#include "cpu/tile.cl"

typedef JOIN(int, V) flags;
#define NOT_ZERO(p) (CONST_VEC(p) != 0.0f)

INLINE void list_columns(global int *list, global float *packed, const global float *y, int tile, int batch, int n) {
  const global float *rows[R];
  EACH_ROW rows[r] = y + min(tile * R + r, batch - 1) * P;
  int count = 0;
  for (int c = 0; c < n; c += V) {
    flags some = 0;
    EACH_ROW some |= NOT_ZERO(rows[r] + AT(PAD(batch), 0, c));
    const int *lane = (const int *)&some;
    _Pragma("unroll") for (int j = 0; j < V; j++) {
      list[1 + count] = c + j;
      count -= c + j < n ? lane[j] : 0;
    }
  }
  list[0] = count;
  for (int j = 0; j < count; j++) {
    const int at = AT(PAD(batch), 0, list[1 + j]);
    EACH_ROW packed[j * R + r] = rows[r][at];
  }
}

// Bitmasks of the V / R tiles that a vector of columns holds. Each lane collects its column's samples as bits.
INLINE void find_samples(global ulong *maskT, const global float *y, int column, int batch, int n) {
  for (int word = 0; word < WORDS(batch); word++) {
    uint bits[2][V];
    _Pragma("unroll") for (int half_word = 0; half_word < 2; half_word++) {
      const int first = 64 * word + 32 * half_word;
      const global float *values = y + AT(PAD(batch), first, column);
      flags found = 0;
      for (int s = 0; s < min(32, batch - first); s++) found |= NOT_ZERO(values + s * P) & (flags)(1 << s);
      _Pragma("unroll") for (int j = 0; j < V; j++) bits[half_word][j] = ((const uint *)&found)[j];
    }
    for (int c = 0; c < V && column + c < n; c += R) {
      uint low = 0, high = 0;
      for (int j = c; j < min(c + R, n - column); j++) low |= bits[0][j], high |= bits[1][j];
      maskT[(column + c) / R * WORDS(batch) + word] = (ulong)high << 32 | low;
    }
  }
}

SINGLE KERNEL list_zeros(WORK_ITEM global int *list, global float *packed, global ulong *maskT, const global float *y,
                         int batch, int n) {
  const int rowTiles = (batch + R - 1) / R, tile = item0 * rowTiles / items0;
  if (tile < (item0 + 1) * rowTiles / items0) {
    if (list) list_columns(list + tile * LIST(n), packed + tile * PACKED(n), y, tile, batch, n);
  } else if (maskT) {
    find_samples(maskT, y, (item0 - tile) * V, batch, n);
  }
}
