// A batch on CPUs: gather, bytes to floats, both orientations, and where they are not zero.
//
//   x[s][i] = images[order[start + s]][i] / 255      X [batch][in], XT [in][batch]
//
// Four in five pixels of drawn digits are zero, and a product that skips them changes no sum. So each tile
// of R rows gets a list of the columns in which any of its rows is not zero: list[0] columns, then which.
// The first ⌈batch / R⌉ work-items do a row tile of X each, the rest a row tile of XT each, both straight from
// the bytes.

#define SINGLE __attribute__((reqd_work_group_size(1, 1, 1)))

SINGLE kernel void gather(global float *x, global float *xT, global int *xList, global int *xTList,
                          const global uchar *images, const global int *order, const global int *run, int nth,
                          int batch, int in) {
  const int start = RUN_START(run, nth, batch);
  const int rowTiles = (batch + R - 1) / R;
  int tile = get_global_id(0), count = 0;
  if (tile < rowTiles) {
    const global uchar *row[R];
    for (int r = 0; r < R; r++) row[r] = images + (size_t)order[start + min(tile * R + r, batch - 1)] * in;
    global int *list = xList + tile * (in + 1);
    for (int i = 0; i < in; i++) {
      uchar any = 0;
      for (int r = 0; r < R; r++) {
        const uchar pixel = row[r][i];
        any |= pixel;
        x[AT(PAD(batch), tile * R + r, i)] = (float)pixel / 255.0f;
      }
      list[1 + count] = i;
      count += any != 0;
    }
    list[0] = count;
  } else {
    tile -= rowTiles;
    global int *list = xTList + tile * (batch + 1);
    for (int s = 0; s < batch; s++) {
      const global uchar *row = images + (size_t)order[start + s] * in;
      uchar any = 0;
      for (int r = 0; r < R; r++) {
        const uchar pixel = row[min(tile * R + r, in - 1)];
        any |= pixel;
        xT[AT(PAD(in), tile * R + r, s)] = (float)pixel / 255.0f;
      }
      list[1 + count] = s;
      count += any != 0;
    }
    list[0] = count;
  }
}
