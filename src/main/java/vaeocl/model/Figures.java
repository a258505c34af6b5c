package vaeocl.model;

import java.util.Locale;
import vaeocl.data.Images;
import vaeocl.ops.Op;

/**
 * Means over a test set.
 *
 * @param mse squared error of a pixel
 * @param psnr in dB
 * @param ssim NaN for images that are too small for its window
 */
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
   * @param images what was measured
   */
  public static Figures mean(float[] rows, Images images) {
    double[] sums = new double[3];
    for (int i = 0; i < rows.length; i++) {
      sums[i % 3] += i % 3 == 1 ? Math.min(rows[i], MOST_PSNR) : rows[i];
    }
    double count = rows.length / 3.0;
    boolean measured = Op.ImageMetrics.hasSsim(images.rows(), images.cols());
    return new Figures(sums[0] / count, sums[1] / count, measured ? sums[2] / count : Double.NaN);
  }

  /** Whether there is a mean SSIM. */
  public boolean hasSsim() {
    return !Double.isNaN(ssim);
  }

  /** SSIM with so many digits; a dash where there is none. */
  public String ssimText(int digits) {
    return hasSsim() ? String.format(Locale.ROOT, "%." + digits + "f", ssim) : "–";
  }

  /** Whether all that is measured are numbers; a net that overflows has others, first as mse. */
  public boolean finite() {
    return Double.isFinite(mse) && Double.isFinite(psnr) && !Double.isInfinite(ssim);
  }
}
