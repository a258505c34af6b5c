package vaeocl.model;

/** Means over a test set: squared error, PSNR in dB, SSIM. */
public record Figures(double mse, double psnr, double ssim) {
  /**
   * The PSNR of an image whose reconstruction is right to the last bit of single precision, 2⁻²⁴ of
   * the range, or better; a perfect one's is infinite and would swallow the mean.
   */
  public static final double MOST_PSNR = 10 * Math.log10(0x1p48);

  /**
   * Means over images. An image's PSNR counts as {@link #MOST_PSNR}, 144.5 dB, at most.
   *
   * @param rows [images, 3]: mse, psnr, ssim
   */
  public static Figures mean(float[] rows) {
    double[] sums = new double[3];
    for (int i = 0; i < rows.length; i++) {
      sums[i % 3] += i % 3 == 1 ? Math.min(rows[i], MOST_PSNR) : rows[i];
    }
    double images = rows.length / 3.0;
    return new Figures(sums[0] / images, sums[1] / images, sums[2] / images);
  }

  /** Whether all are numbers; a net that overflows has others. */
  public boolean finite() {
    return Double.isFinite(mse) && Double.isFinite(psnr) && Double.isFinite(ssim);
  }
}
