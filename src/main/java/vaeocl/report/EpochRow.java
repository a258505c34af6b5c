package vaeocl.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A line of {@code metrics.csv}: the training losses of an epoch and the figures of the test set
 * after it, with sampled z and, in the columns ending in "Mean", with z = mu.
 *
 * @param epoch counted from 1
 * @param loss recon + beta·kl, a mean over images like the next two
 * @param psnr in dB
 */
public record EpochRow(
    int epoch,
    double loss,
    double recon,
    double kl,
    double mse,
    double psnr,
    double ssim,
    double mseMean,
    double psnrMean,
    double ssimMean,
    double trainSeconds,
    double evalSeconds) {
  /** What the page's charts draw of it. */
  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("epoch", epoch).put("loss", loss).put("recon", recon).put("kl", kl);
    node.put("psnr", psnr).put("psnr_mean", psnrMean);
    node.put("ssim", ssim).put("ssim_mean", ssimMean);
    return node;
  }
}
