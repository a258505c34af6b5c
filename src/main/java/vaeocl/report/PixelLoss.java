package vaeocl.report;

import java.util.Map;
import java.util.StringJoiner;
import vaeocl.model.Criterion;
import vaeocl.model.Evidence;
import vaeocl.model.VaeConfig;
import vaeocl.ops.Likelihood;

/**
 * What a reconstruction costs under the run's likelihood, from pixels instead of logits: the loss
 * of an image is constant + weight·(sum over its pixels).
 *
 * @param weight of the pixels' losses
 * @param constant of the whole image, in nats
 */
record PixelLoss(Likelihood likelihood, double weight, double constant) {
  /** A reconstruction is never surer than single precision can say. */
  private static final double SURE = 0x1p-24;

  /**
   * @param pixels of an image
   * @param variance of a Gaussian
   */
  static PixelLoss of(Likelihood likelihood, int pixels, double variance) {
    VaeConfig config = VaeConfig.DEFAULT.with(Map.of("likelihood", likelihood));
    Criterion criterion = new Criterion(config, pixels);
    double constant = criterion.recon(0, variance);
    double weight = criterion.recon(1, variance) - constant;
    return new PixelLoss(likelihood, weight, constant + Evidence.missing(likelihood, pixels));
  }

  /** −ln p(x|z) of an image, in nats. */
  double of(float[] recon, byte[] image, int pixels, int reconAt, int imageAt) {
    double sum = 0;
    for (int p = 0; p < pixels; p++) {
      double r = Math.min(1 - SURE, Math.max(SURE, recon[reconAt + p]));
      sum += likelihood.loss(Math.log(r / (1 - r)), (image[imageAt + p] & 0xff) / 255.0);
    }
    return constant + weight * sum;
  }

  /** {@code const pixelLosses = {"mse": (r, x) => …, …};}, of a logit a = ln(r / (1 − r)). */
  static String script() {
    StringJoiner functions = new StringJoiner(",\n  ", "const pixelLosses = {\n  ", ",\n};\n");
    for (Likelihood f : Likelihood.values()) {
      functions.add("\"" + f.name() + "\": (r, x, a) => " + expression(f));
    }
    return functions.toString();
  }

  private static String expression(Likelihood f) {
    return switch (f) {
      case MSE, GAUSSIAN -> "(r - x) ** 2";
      case BERNOULLI -> "-x * a - Math.log1p(-r)";
      case CONTINUOUS_BERNOULLI ->
          "Math.max(a, 0) - x * a + (a === 0 ? 0 : Math.log(-Math.expm1(-Math.abs(a)) /"
              + " Math.abs(a)))";
    };
  }
}
