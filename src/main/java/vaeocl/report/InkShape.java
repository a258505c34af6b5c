package vaeocl.report;

import java.util.Arrays;
import vaeocl.data.Images;

/**
 * How a data set's pictures lie in their frames: what is drawn is made to lie the same.
 *
 * @param box the longer side of what is inked, in pixels: the median; MNIST's is 20
 * @param x where the ink's mass is, from the left edge of the frame, a mean over pictures
 * @param y the same from the top
 */
record InkShape(double box, double x, double y) {
  /** Pictures to look at. */
  private static final int MOST = 2000;

  static InkShape of(Images images) {
    int count = Math.min(MOST, images.count());
    double[] sides = new double[count];
    double[] mass = new double[3];
    for (int n = 0; n < count; n++) {
      sides[n] = measure(images, (int) ((long) n * images.count() / count), mass);
    }
    Arrays.sort(sides);
    double inked = Math.max(1, mass[2]);
    return new InkShape(Math.max(1, sides[count / 2]), mass[0] / inked, mass[1] / inked);
  }

  /** Adds a picture's centre to {x, y, pictures}; returns its longer side. */
  private static int measure(Images images, int index, double[] mass) {
    int[] box = {images.cols(), images.rows(), -1, -1};
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int p = 0; p < images.size(); p++) {
      int ink = images.pixels()[index * images.size() + p] & 0xff;
      if (ink > 0) {
        int column = p % images.cols();
        int row = p / images.cols();
        box[0] = Math.min(box[0], column);
        box[1] = Math.min(box[1], row);
        box[2] = Math.max(box[2], column);
        box[3] = Math.max(box[3], row);
        sum += ink;
        x += ink * (column + 0.5);
        y += ink * (row + 0.5);
      }
    }
    if (sum > 0) {
      mass[0] += x / sum;
      mass[1] += y / sum;
      mass[2]++;
    }
    return sum == 0 ? 0 : Math.max(box[2] - box[0], box[3] - box[1]) + 1;
  }
}
