package vaeocl.reference;

import vaeocl.ops.Op;

/** Figures of merit of a reconstruction, image by image. */
final class Similarity {
  private static final int WINDOW = Op.ImageMetrics.WINDOW;
  private static final int PIXELS = WINDOW * WINDOW;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  private Similarity() {}

  /** figures[start + s] = mse, psnr, ssim of recon[s] against x[s]. */
  static void metrics(
      HostMatrix figures, int start, HostMatrix recon, HostMatrix x, Op.ImageMetrics op) {
    int n = x.cols();
    for (int s = 0; s < x.rows(); s++) {
      double sum = 0;
      double inherited = 0;
      for (int i = 0; i < n; i++) {
        double difference = recon.at(s, i) - x.at(s, i);
        sum += difference * difference;
        inherited +=
            2 * Math.abs(difference) * (recon.boundAt(s, i) + x.boundAt(s, i) + Rounding.UNIT);
      }
      double mse = sum / n;
      double mseBound = inherited / n + Rounding.sum(n, mse);
      figures.set(start + s, 0, mse, mseBound);
      double psnr = 10 * Math.log10(1 / mse);
      double psnrBound = 10 / Math.log(10) * mseBound / mse + Rounding.functions(psnr);
      figures.set(start + s, 1, psnr, mse > 0 ? psnrBound : 0);
      ssim(figures, start + s, recon, x, s, op.height(), op.width());
    }
  }

  /**
   * Mean over all windows of (2·μₐμ_b + C₁)(2·σ_ab + C₂) / ((μₐ² + μ_b² + C₁)(σₐ² + σ_b² + C₂)).
   */
  private static void ssim(
      HostMatrix figures, int row, HostMatrix a, HostMatrix b, int s, int height, int width) {
    double total = 0;
    double bound = 0;
    int windows = 0;
    for (int top = 0; top + WINDOW <= height; top++) {
      for (int left = 0; left + WINDOW <= width; left++) {
        double sa = 0;
        double sb = 0;
        double saa = 0;
        double sbb = 0;
        double sab = 0;
        for (int i = top; i < top + WINDOW; i++) {
          for (int j = left; j < left + WINDOW; j++) {
            double va = a.at(s, i * width + j);
            double vb = b.at(s, i * width + j);
            sa += va;
            sb += vb;
            saa += va * va;
            sbb += vb * vb;
            sab += va * vb;
          }
        }
        double ma = sa / PIXELS;
        double mb = sb / PIXELS;
        double sample = PIXELS / (PIXELS - 1.0);
        double varA = sample * (saa / PIXELS - ma * ma);
        double varB = sample * (sbb / PIXELS - mb * mb);
        double cov = sample * (sab / PIXELS - ma * mb);
        double luminance = (2 * ma * mb + C1) / (ma * ma + mb * mb + C1);
        double spread = varA + varB + C2;
        double structure = (2 * cov + C2) / spread;
        total += luminance * structure;
        // Variances come from differences of nearly equal sums: their error is that of the sums.
        double off = 4 * WINDOW * Rounding.UNIT * (saa + sbb) / PIXELS;
        bound += luminance * 2 * off * (1 + Math.abs(structure)) / spread + 16 * Rounding.UNIT;
        windows++;
      }
    }
    int divisor = Math.max(1, windows);
    figures.set(row, 2, total / divisor, bound / divisor + Rounding.FLOOR);
  }
}
