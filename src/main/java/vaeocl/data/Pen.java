package vaeocl.data;

/**
 * Draws polylines of varying width into a small grey picture, anti-aliased by the distance of each
 * pixel's centre to the stroke. Only +, -, *, / and square roots: the same bytes everywhere.
 */
final class Pen {
  private final int size;
  private final float[] ink;

  /**
   * @param size rows and columns of the picture
   */
  Pen(int size) {
    this.size = size;
    ink = new float[size * size];
  }

  /**
   * A stroke from (x0, y0) to (x1, y1), in pixels, pixel centres at whole numbers.
   *
   * @param r0 half the stroke's width at its start
   * @param r1 the same at its end
   * @param soft the width of the edge over which the ink fades to nothing
   */
  void line(double x0, double y0, double r0, double x1, double y1, double r1, double soft) {
    double reach = Math.max(r0, r1) + soft / 2;
    int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
    int right = Math.min(size - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
    int bottom = Math.min(size - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squared = dx * dx + dy * dy;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double t = squared == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squared;
        t = Math.min(1, Math.max(0, t));
        double ex = x - (x0 + t * dx);
        double ey = y - (y0 + t * dy);
        double r = r0 + t * (r1 - r0);
        double cover = 0.5 + (r - Math.sqrt(ex * ex + ey * ey)) / soft;
        // A thin stroke never blackens the pixel fully.
        cover = Math.min(cover, Math.min(1, 0.5 + r / soft));
        int at = y * size + x;
        ink[at] = Math.max(ink[at], (float) cover);
      }
    }
  }

  /**
   * Writes the picture as bytes, 0 (nothing) to 255 (full ink), row-major, at {@code offset}.
   *
   * @param strength 255 times the darkness of full ink, in [0, 1]
   */
  void develop(double strength, byte[] pixels, int offset) {
    for (int i = 0; i < ink.length; i++) {
      pixels[offset + i] = (byte) (int) (Math.min(1f, ink[i]) * 255 * strength + 0.5);
    }
  }
}
