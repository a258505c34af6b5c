// Grey images to black and white ones, by chance and anew in every epoch: 255 with probability pixel / 255, else 0.
// Word j of Philox's block i for (stream, epoch, image) decides pixel 4·i + j: u / 2³² < pixel / 255, in whole numbers.
// One work-item for each four pixels of an image. For every tiling.

#include "lib/philox.cl"
#include "lib/run.cl"

#define BINARY(j, word) \
  if (first + j < pixels) binary[at + j] = (ulong)(word) * 255 < (ulong)images[at + j] << 32 ? 255 : 0;

kernel void binarize(global uchar *binary, const global uchar *images, const global int *run, int nth, int pixels,
                     uint stream, uint seedLow, uint seedHigh) {
  const int first = 4 * get_global_id(0), image = get_global_id(1);
  if (first >= pixels) return;
  const uint4 words = philox((uint2)(seedLow, seedHigh), (uint4)(stream, RUN_STEP(run, nth), image, first / 4));
  const size_t at = (size_t)image * pixels + first;
  BINARY(0, words.x)
  BINARY(1, words.y)
  BINARY(2, words.z)
  BINARY(3, words.w)
}
