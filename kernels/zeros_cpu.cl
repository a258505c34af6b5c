// Where a matrix Y [batch][n] is zero, for products on CPUs that leave zeros out. A relu's output is zero for about
// half of its features, and all the more so in tiles of samples and features that are alike.
//
//   list, packed   for each row tile of Y its columns that are not all zero, and their values
//   setT           for each row tile of YT, R features, the samples in which they are not all zero
//
// tile_cpu.cl has their layouts. Any may be null; yT is needed for setT. One work-item a tile: the first
// ⌈batch / R⌉ are for list, the next ⌈n / R⌉ for setT. Lists are written without branches, since nobody could predict them.

typedef JOIN(int, V) flags;
#define NOT_ZERO(p) (CONST_VEC(p) != 0.0f)

INLINE void list_columns(global int *list, global float *packed, const global float *y, int tile,
                                int batch, int n) {
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

INLINE void find_samples(global ulong *set, const global float *yT, int tile, int batch, int n) {
  const global float *rows[R];
  EACH_ROW rows[r] = yT + min(tile * R + r, n - 1) * P;
  ulong word = 0;
  for (int s = 0; s < batch; s += V) {
    flags some = 0;
    EACH_ROW some |= NOT_ZERO(rows[r] + AT(PAD(n), 0, s));
    const int *lane = (const int *)&some;
    _Pragma("unroll") for (int j = 0; j < V; j++) word |= (ulong)(s + j < batch ? lane[j] & 1 : 0) << (s + j) % 64;
    if ((s + V) % 64 == 0 || s + V >= batch) {
      set[s / 64] = word;
      word = 0;
    }
  }
}

SINGLE KERNEL list_zeros(ITEM global int *list, global float *packed, global ulong *setT, const global float *y,
                              const global float *yT, int batch, int n) {
  const int rowTiles = (batch + R - 1) / R, tile = item0;
  if (tile < rowTiles) {
    if (list) list_columns(list + tile * LIST(n), packed + tile * PACKED(n), y, tile, batch, n);
  } else {
    const int column = tile - rowTiles;
    if (setT) find_samples(setT + column * WORDS(batch), yT, column, batch, n);
  }
}
