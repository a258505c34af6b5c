package vaeocl.model;

/** Means over a test set: squared error, PSNR in dB, SSIM. */
public record Figures(double mse, double psnr, double ssim) {
  /**
   * Means over images.
   *
   * @param rows [images, 3]: mse, psnr, ssim
   */
  public static Figures mean(float[] rows) {
    double[] sums = new double[3];
    for (int i = 0; i < rows.length; i++) {
      sums[i % 3] += rows[i];
    }
    double images = rows.length / 3.0;
    return new Figures(sums[0] / images, sums[1] / images, sums[2] / images);
  }
}
