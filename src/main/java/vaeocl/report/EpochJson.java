package vaeocl.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import vaeocl.model.EpochResult;

/** Epochs as the page's charts draw them. */
final class EpochJson {
  private EpochJson() {}

  /** Adds an object for each epoch. */
  static void add(List<EpochResult> epochs, ArrayNode to) {
    for (EpochResult r : epochs) {
      ObjectNode node = to.addObject().put("epoch", r.epoch());
      node.put("loss", r.training().loss());
      node.put("recon", number(r.training().recon())).put("kl", r.training().kl());
      node.put("psnr", number(r.sampled().psnr())).put("psnr_mean", number(r.mean().psnr()));
      node.put("ssim", number(r.sampled().ssim())).put("ssim_mean", number(r.mean().ssim()));
    }
  }

  /** JSON has no NaN: older versions left some. */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
