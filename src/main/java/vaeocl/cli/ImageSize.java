package vaeocl.cli;

import vaeocl.data.Dataset;
import vaeocl.ops.Op;

/** What images have to be to be measured. */
final class ImageSize {
  private static final int LEAST = Op.ImageMetrics.WINDOW;

  private ImageSize() {}

  /**
   * @throws UserError if SSIM's window is larger than the images
   */
  static void requireSimilarity(Dataset data) {
    int rows = data.test().rows();
    int cols = data.test().cols();
    if (rows < LEAST || cols < LEAST) {
      throw new UserError(
          "images have to be at least %dx%d pixels, SSIM's window: these are %dx%d"
              .formatted(LEAST, LEAST, rows, cols));
    }
  }
}
